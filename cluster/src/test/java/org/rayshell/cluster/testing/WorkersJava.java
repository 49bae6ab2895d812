package org.rayshell.cluster.testing;

import io.ray.api.Ray;

/** Prints the version of Java that a cluster's workers run on. */
final class WorkersJava {
  private WorkersJava() {}

  public static void main(String[] arguments) {
    Ray.init();
    try {
      System.out.println("workers run Java " + Ray.task(WorkersJava::version).remote().get());
    } finally {
      Ray.shutdown();
    }
  }

  static int version() {
    return Runtime.version().feature();
  }
}
