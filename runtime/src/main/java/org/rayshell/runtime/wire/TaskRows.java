package org.rayshell.runtime.wire;

import java.util.Arrays;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.TaskState;

/**
 * Rows of tasks as they were last told of. Those that wait for a worker as they were made, and
 * short ones that have ended well, are numbers in an array rather than objects: tens of thousands
 * are kept for people to look at, each for a few hundred milliseconds when many run, and the
 * collector would copy every one of them. Not thread-safe.
 */
public final class TaskRows {
  /** Of a row: the unique part of the id; its job and index; submitted; then an ended task's. */
  private static final int LONGS = 3 + EndedTask.LONGS;

  private static final long[] NONE = {};

  /** Of each row its {@link TaskKind}, if the rest is numbers; or the news; or null. */
  private Object[] rows;

  /** Made when the first row needs them: a table of tasks that wait never does. */
  private long[] numbers = NONE;

  /** So many rows without a task. */
  public TaskRows(int size) {
    rows = new Object[size];
  }

  /** How many rows there are. */
  public int size() {
    return rows.length;
  }

  /** So many rows from now on; those that there are already stay as they are. */
  public void grow(int size) {
    rows = Arrays.copyOf(rows, size);
    if (numbers.length > 0) {
      numbers = Arrays.copyOf(numbers, LONGS * size);
    }
  }

  /** Whether the row has no task. */
  public boolean isEmpty(int row) {
    return rows[row] == null;
  }

  /** Keeps what was told last of a task. */
  public void set(int row, TaskNews news) {
    if (news instanceof EndedTask ended) {
      int at = number(row, ended);
      ended.write(numbers, at);
    } else {
      rows[row] = news;
    }
  }

  /** Keeps a task that waits for a worker, as it was made; not the news, which may hold more. */
  public void setMade(int row, TaskNews made) {
    int at = number(row, made);
    EndedTask.writeMade(numbers, at);
  }

  private int number(int row, TaskNews news) {
    if (numbers.length == 0) {
      numbers = new long[LONGS * rows.length];
    }
    int at = LONGS * row;
    ObjectId id = news.id();
    numbers[at] = id.unique();
    numbers[at + 1] = (long) id.job() << Integer.SIZE | Integer.toUnsignedLong(id.index());
    numbers[at + 2] = news.submitted();
    rows[row] = news.kind();
    return at + 3;
  }

  /** The row's task; null if it has none. */
  public TaskUpdate get(int row) {
    TaskNews news = news(row);
    return news == null ? null : news.update();
  }

  /** What the row keeps of its task; null if it has none. */
  public TaskNews news(int row) {
    if (!(rows[row] instanceof TaskKind kind)) {
      return (TaskNews) rows[row];
    }
    int at = LONGS * row;
    long where = numbers[at + 1];
    ObjectId id = new ObjectId(numbers[at], (int) (where >> Integer.SIZE), (int) where);
    long submitted = numbers[at + 2];
    TaskUpdate ended = EndedTask.read(id, kind, submitted, numbers, at + 3);
    return ended != null
        ? ended
        : new TaskUpdate(
            id,
            kind,
            TaskState.PENDING_NODE_ASSIGNMENT,
            1,
            submitted,
            submitted,
            TaskUpdate.Run.NONE);
  }

  /** The unique part of the id of the row's task; it has one. */
  public long unique(int row) {
    return rows[row] instanceof TaskNews news ? news.id().unique() : numbers[LONGS * row];
  }

  /** Whether the row's task, which it has, makes the object. */
  public boolean makes(int row, ObjectId id) {
    if (rows[row] instanceof TaskNews news) {
      return news.id().equals(id);
    }
    int at = LONGS * row;
    long where = numbers[at + 1];
    return numbers[at] == id.unique()
        && (int) (where >> Integer.SIZE) == id.job()
        && (int) where == id.index();
  }

  /** The row has no task any more. */
  public void clear(int row) {
    rows[row] = null;
  }

  /** The task of one row goes to another. */
  public void move(int from, int to) {
    if (from == to) {
      return;
    }
    rows[to] = rows[from];
    rows[from] = null;
    if (rows[to] instanceof TaskKind) {
      System.arraycopy(numbers, LONGS * from, numbers, LONGS * to, LONGS);
    }
  }
}
