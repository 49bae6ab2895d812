package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

/** What the dashboard tells of the tasks of cells, read by a cell. */
class DashboardOfCellsTest {
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void start() {
    kernel =
        KernelProcess.start(
            JavaEngine.class,
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");
    client = TestClient.connect(kernel);
  }

  @AfterAll
  static void stop() {
    client.control("shutdown_request", TestClient.json("{'restart': false}"));
    client.nextControl();
    kernel.awaitExit();
    client.close();
    kernel.close();
  }

  private static Run ok(String code) {
    Run run = client.execute(code);
    assertEquals("ok", run.status(), () -> code + ": " + run.content());
    return run;
  }

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
  }
}
