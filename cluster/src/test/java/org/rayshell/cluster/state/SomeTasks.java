package org.rayshell.cluster.state;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.io.IOException;
import java.util.List;
import org.rayshell.cluster.DashboardAddress;

/**
 * A driver with a task that has ended, one whose worker has died, one that runs, and one that waits
 * for a resource. It prints its job's id and the dashboard's address when it has submitted them,
 * and ends with its input.
 */
final class SomeTasks {
  private SomeTasks() {}

  public static void main(String[] arguments) throws IOException {
    Ray.init();
    try {
      ObjectRef<Integer> died =
          Ray.task(SomeTasks::die, 1).setName("died").setResource("CPU", 1.0).remote();
      Ray.wait(List.of(died), 1);
      // Only now: a worker that dies takes along what it has not told yet of its earlier tasks.
      ObjectRef<Integer> ended =
          Ray.task(SomeTasks::twice, 21).setName("ended").setResource("CPU", 1.0).remote();
      Ray.wait(List.of(ended), 1);
      ObjectRef<Integer> running =
          Ray.task(SomeTasks::hang, 1).setName("running").setResource("spot_disk", 2.0).remote();
      ObjectRef<Integer> waiting =
          Ray.task(SomeTasks::twice, 1).setName("waiting").setResource("nowhere", 1.0).remote();
      System.out.println("job " + Ray.getRuntimeContext().getCurrentJobId());
      System.out.println("dashboard " + DashboardAddress.ask());
      System.in.transferTo(System.out);
      // They live as long as somebody wants what they return.
      System.err.println(running + " " + waiting);
    } finally {
      Ray.shutdown();
    }
  }

  static int twice(int number) {
    return 2 * number;
  }

  static int die(int status) {
    Runtime.getRuntime().halt(status);
    return status;
  }

  static int hang(int number) throws InterruptedException {
    synchronized (SomeTasks.class) {
      while (true) {
        SomeTasks.class.wait();
      }
    }
  }
}
