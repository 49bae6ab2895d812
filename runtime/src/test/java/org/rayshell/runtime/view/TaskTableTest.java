package org.rayshell.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.testing.TaskUpdates;

/** A table of tasks beside the JDK's map that does the same. */
class TaskTableTest {
  private final TaskTable table = new TaskTable();
  private final Map<ObjectId, TaskUpdate> model = new LinkedHashMap<>();

  private static TaskUpdate task(ObjectId id, int attempt) {
    return TaskUpdates.update(
        id,
        "f",
        TaskState.PENDING_NODE_ASSIGNMENT,
        null,
        null,
        1,
        0,
        attempt,
        3,
        1,
        5,
        0,
        0,
        0,
        0,
        null,
        5,
        0,
        null);
  }

  private void assertSameAsModel() {
    assertEquals(new ArrayList<>(model.values()), table.all());
    assertEquals(model.size(), table.size());
  }

  @Test
  void afterManyTasksItIsAsNew() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        table.put(task(new ObjectId(i, 1, 1), 1));
      }
      for (int i = 0; i < 20_000; i++) {
        assertEquals(i, table.remove(new ObjectId(i, 1, 1)).id().unique());
      }
      assertSameAsModel();
      assertNull(table.get(new ObjectId(3, 1, 1)));
    }
  }

  @Test
  void whatIsPutReplacedAndRemovedAtRandomIsAsInTheMap() {
    Random random = new Random(7);
    for (int step = 0; step < 200_000; step++) {
      // Few numbers, and among them many that want the same slot.
      ObjectId id = new ObjectId(random.nextInt(40) + (random.nextInt(8) << 20), 1, 1);
      switch (random.nextInt(4)) {
        case 0 -> assertSame(model.remove(id), table.remove(id));
        case 1 -> assertSame(model.get(id), table.get(id));
        default -> {
          TaskUpdate task = task(id, step);
          assertSame(model.put(id, task), table.put(task));
        }
      }
      if (step % 1000 == 0) {
        assertSameAsModel();
      }
    }
    assertSameAsModel();
  }

  /** As a task that waits: it makes its report when somebody looks. */
  private record Waiting(ObjectId id) implements TaskNews {
    @Override
    public TaskKind kind() {
      return update().kind();
    }

    @Override
    public long submitted() {
      return update().submitted();
    }

    @Override
    public TaskUpdate update() {
      return task(id, 1);
    }
  }

  @Test
  void whatMakesItsReportWhenSomebodyLooksIsFoundListedAndReplaced() {
    List<ObjectId> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(new ObjectId(i << 20, 1, 1));
      assertNull(table.put(new Waiting(ids.getLast())));
    }
    assertEquals(ids, table.all().stream().map(TaskUpdate::id).toList());
    assertEquals(task(ids.get(7), 1), table.get(ids.get(7)));
    assertEquals(task(ids.get(7), 1), table.put(task(ids.get(7), 2)).update());
    assertEquals(2, table.remove(ids.get(7)).update().attempt());
    assertEquals(task(ids.get(8), 1), table.remove(ids.get(8)).update());
    assertEquals(998, table.size());
  }

  @Test
  void shortOnesThatHaveEndedAreAsTheyWere() {
    Random random = new Random(11);
    for (int step = 0; step < 100_000; step++) {
      ObjectId id = new ObjectId(random.nextLong(), random.nextInt(), random.nextInt());
      TaskUpdate.Run run = new TaskUpdate.Run(7, step, step + 9, 5, 3, 2, null, null);
      TaskUpdate ended =
          new TaskUpdate(id, task(id, 1).kind(), TaskState.FINISHED, 1, step, step + 9, run);
      TaskUpdate each = step % 3 == 0 ? task(id, 1) : ended;
      assertNull(table.put(each.kept()));
      model.put(id, each);
      assertEquals(each, table.get(id));
      if (table.size() > 500) {
        table.removeOldest();
        model.remove(model.keySet().iterator().next());
      }
      if (step % 7 == 0) {
        ObjectId some = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
        assertEquals(model.remove(some), table.remove(some).update());
      }
    }
    assertSameAsModel();
  }

  @Test
  void aMillionPassThroughAndTheOldestGoFirst() {
    for (int i = 0; i < 1_000_000; i++) {
      ObjectId id = new ObjectId(i * 0x9E3779B97F4A7C15L, 1, 1);
      TaskUpdate task = task(id, i);
      table.put(task);
      model.put(id, task);
      if (table.size() > 1000) {
        table.removeOldest();
        model.remove(model.keySet().iterator().next());
      }
    }
    assertSameAsModel();
  }

  @Test
  void thoseInTheMiddleAndTheLatestAreFoundAmongGaps() {
    List<TaskUpdate> tasks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      tasks.add(task(new ObjectId(i, 1, 1), i));
      table.put(tasks.getLast());
    }
    for (int i = 0; i < 100; i += 2) {
      assertSame(tasks.get(i), table.remove(tasks.get(i).id()));
      assertNull(table.remove(tasks.get(i).id()));
    }
    List<Integer> middle = new ArrayList<>();
    table.forEach(10, 3, task -> middle.add(task.attempt()));
    assertEquals(List.of(21, 23, 25), middle);
    List<Integer> latest = new ArrayList<>();
    table.forEachLatest(task -> latest.add(task.attempt()) && latest.size() < 3);
    assertEquals(List.of(99, 97, 95), latest);
  }
}
