package org.rayshell.benchmarks.tasks;

import org.rayshell.Ray;
import org.rayshell.RayOptions;

/** A session's first result; apart, since a worker loads the class of the task with all of it. */
final class Init {
  private Init() {}

  /** Starts the session. */
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    Ray.get(Ray.task(Init::one).remote());
  }

  private static Integer one() {
    return 1;
  }
}
