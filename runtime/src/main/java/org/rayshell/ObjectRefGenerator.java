package org.rayshell;

import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The refs of what a streaming task makes, each as soon as its value is there, while the task runs.
 * The task waits when it is {@link TaskOptions#generatorBackpressure} items ahead. If it fails, one
 * more ref comes, whose {@code get} throws, and then the end; refs that came before stay valid.
 *
 * <p>Any thread may use it; each ref goes to one of them. A generator that is closed, or that
 * nobody refers to any more, cancels its task.
 */
public final class ObjectRefGenerator<T>
    implements Iterator<ObjectRef<T>>, Iterable<ObjectRef<T>>, AutoCloseable {
  /** For the runtime: where the refs come from. Thread-safe. */
  public interface Source {
    /** Blocks until a ref is there or none comes any more; tells which. */
    boolean await();

    /** The next ref; null if none is there. */
    ObjectRef<?> poll();

    /** The ref of the task itself. */
    ObjectRef<?> completed();

    /** How many items the task has made so far. */
    int made();

    /** Nobody wants more. */
    void close();
  }

  /** Made when the first generator is. */
  private static final class Forgotten {
    private static final Cleaner CLEANER = Cleaner.create();
  }

  private final Source source;
  private final Cleaner.Cleanable cleanable;

  /** For the runtime: a generator of what the source has. */
  public ObjectRefGenerator(Source source) {
    this.source = source;
    this.cleanable = Forgotten.CLEANER.register(this, source::close);
  }

  /** Whether another ref comes; blocks until that is known. */
  @Override
  public boolean hasNext() {
    return source.await();
  }

  /**
   * The ref of the next item; blocks until its value, or the task's failure, is there.
   *
   * @throws NoSuchElementException if there are no more
   */
  @Override
  @SuppressWarnings("unchecked")
  public ObjectRef<T> next() {
    while (source.await()) {
      ObjectRef<?> next = source.poll();
      if (next != null) {
        return (ObjectRef<T>) next;
      }
      // Another thread was faster.
    }
    throw new NoSuchElementException("the task makes no more items");
  }

  /** A ref that is ready when the task has ended: null if it went well, else its failure. */
  @SuppressWarnings("unchecked")
  public ObjectRef<Void> completed() {
    return (ObjectRef<Void>) source.completed();
  }

  /** How many items the task has made so far, taken or not; does not block. */
  public int made() {
    return source.made();
  }

  /** {@code ObjectRefGenerator(<56 hex digits>)}: the id of {@link #completed()}. */
  @Override
  public String toString() {
    return "ObjectRefGenerator(" + source.completed().id() + ")";
  }

  /** This; its items can be gone through once. */
  @Override
  public Iterator<ObjectRef<T>> iterator() {
    return this;
  }

  /** Cancels the task if it still runs, and drops what nobody has asked for. */
  @Override
  public void close() {
    cleanable.clean();
  }
}
