package org.rayshell.benchmarks.tasks;

import java.util.Map;
import org.rayshell.Ray;

/** Measures one row in a process of its own: {@code java … TaskRows ROW}. */
public final class TaskRows {
  /** One row, in a session of two CPUs that is warm. */
  interface Row {
    void measure(Metrics metrics) throws Exception;
  }

  private static final Map<String, Row> ROWS =
      Map.of(
          "calls", Calls::measure,
          "values", Values::measure,
          "arguments", Values::measureArguments,
          "waits", Calls::measureWaits,
          "nested", Calls::measureNested,
          "crash", Life::measureCrash,
          "pending", Pending::measure,
          "cpu", Life::measureCpu,
          "memory", Life::measureMemory);

  private TaskRows() {}

  /** Measures the row of that name. */
  public static void main(String[] arguments) throws Exception {
    Metrics metrics = new Metrics();
    long begin = System.nanoTime();
    try {
      Init.start();
      if (arguments[0].equals("init")) {
        metrics.add("init to first result", (System.nanoTime() - begin) / 1e9, "s");
        return;
      }
      ROWS.get(arguments[0]).measure(metrics);
    } finally {
      Ray.shutdown();
    }
  }
}
