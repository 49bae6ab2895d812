package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.JavaKernelTest;

/** What the dashboard tells of the tasks of cells, read by a cell. */
class DashboardOfCellsTest extends JavaKernelTest {
  @Test
  void tasksAreFoundByTheirCellAndTheirStacksNameCellsAndLines() {
    ok("Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));");
    ok("@Remote int fails(int n) {\n  return n / 0;\n}");
    ok("try { fails.remote(3).get(); } catch (RayTaskException e) { }");
    ok(
        """
        String read(String path) throws IOException {
          try (var in = java.net.URI.create(Ray.dashboardUrl() + path).toURL().openStream()) {
            return new String(in.readAllBytes());
          }
        }
        """);
    String tasks = ok("var tasks = read(\"/api/v1/tasks?cell=3\");\ntasks").result();
    assertTrue(tasks.contains("\"cell\":\"In [3]\""), tasks);
    assertTrue(ok("read(\"/api/v1/tasks?cell=2\")").result().contains("\"tasks\":[]"));
    String task =
        ok("read(\"/api/v1/tasks/\" + tasks.replaceAll(\".*?\\\"id\\\":\\\"(\\\\w+)\\\".*\", \"$1\"))")
            .result();
    assertTrue(task.contains("fails(In [2]:2)"), task);
    assertTrue(task.contains("int 3"), task);
    // This test's client, which has subscribed to iopub once.
    String notebook = ok("read(\"/api/v1/notebook\")").result();
    assertTrue(notebook.contains("{\"frontEnds\":1}"), notebook);
  }
}
