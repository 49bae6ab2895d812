package jdk.jshell;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Spares the compiler what JShell's own tasks do for nothing.
 *
 * <p>Guarded by the evaluator's compiling lock.
 */
final class LeanTasks extends TaskFactory {
  /** As many as JShell keeps itself. */
  private static final int CONTEXTS = 5;

  /** What {@link #isForOverloads} knows JShell by. */
  private static final boolean KNOWN_JDK = Runtime.version().feature() == 25;

  private final Field pool;

  LeanTasks(JShell shell) throws ReflectiveOperationException {
    super(shell);
    pool = SessionAccess.field(TaskFactory.class, "javacTaskPool");
    pool.set(this, new LeanPool(CONTEXTS));
  }

  @Override
  void addToClasspath(String path) {
    super.addToClasspath(path);
    try {
      // It has started anew with compilers.
      pool.set(this, new LeanPool(CONTEXTS));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <Z> Z analyze(Collection<OuterWrap> wraps, Worker<AnalyzeTask, Z> worker) {
    return isForOverloads(wraps) && !mayCallOverloads(wraps) ? null : super.analyze(wraps, worker);
  }

  /**
   * Whether all that is wanted is whether methods call others of their name. JShell analyses
   * methods for that first, as a map's keys, and then, in a set of its own, for all the rest.
   */
  private static boolean isForOverloads(Collection<OuterWrap> wraps) {
    return KNOWN_JDK && wraps instanceof Set && !(wraps instanceof HashSet);
  }

  private static boolean mayCallOverloads(Collection<OuterWrap> wraps) {
    for (OuterWrap each : wraps) {
      if (!(each instanceof LeanWrap lean) || lean.mayCallOverloads()) {
        return true;
      }
    }
    return false;
  }
}
