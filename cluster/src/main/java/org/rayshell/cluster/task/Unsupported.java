package org.rayshell.cluster.task;

/** What cannot be done on a Ray cluster by its Java API, in words. */
public final class Unsupported {
  /** Of a free in a task. */
  public static final String FREE =
      "Ray.free in a task is not supported on a Ray cluster, whose API for Java has none: drop the"
          + " refs instead";

  private Unsupported() {}

  /** Of a stream. */
  public static String stream(String function) {
    return function
        + " was called by remoteStream, which is not supported on a Ray cluster: its API for Java"
        + " has no generators; return a list, or submit a task for each part";
  }

  /** Of options of a worker's JVM. */
  public static String jvmOptions(Object options) {
    return "options of the JVM for some tasks are not supported on a Ray cluster, which gives all"
        + " workers of a session the same: jvmOptions="
        + options;
  }
}
