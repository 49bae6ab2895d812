package org.rayshell.runtime.code;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stack traces of tasks, without the frames of the worker below them. They travel whole: whoever
 * shows them decides. Thread-safe.
 */
public final class Traces {
  private static final String WORKER = TaskCode.class.getName();

  private Traces() {}

  /** The throwable itself; its causes and suppressed ones are trimmed too. */
  public static Throwable trimmed(Throwable thrown) {
    try {
      trim(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    } catch (RuntimeException | Error _) {
      // Of the user's own overrides: the trace stays as it is.
    }
    return thrown;
  }

  private static void trim(Throwable thrown, Set<Throwable> met) {
    if (thrown == null || !met.add(thrown)) {
      return;
    }
    StackTraceElement[] trace = thrown.getStackTrace();
    int end = trace.length;
    for (int i = 0; i < trace.length; i++) {
      if (trace[i].getClassName().equals(WORKER)) {
        end = i;
        break;
      }
    }
    if (end < trace.length) {
      while (end > 0 && isBetween(trace[end - 1].getClassName())) {
        end--;
      }
      thrown.setStackTrace(Arrays.copyOf(trace, end));
    }
    trim(thrown.getCause(), met);
    for (Throwable suppressed : thrown.getSuppressed()) {
      trim(suppressed, met);
    }
  }

  private static boolean isBetween(String name) {
    return name.equals(CallInterfaces.class.getName())
        || name.startsWith("java.lang.reflect.")
        || name.startsWith("jdk.internal.reflect.")
        || name.startsWith("java.lang.invoke.");
  }
}
