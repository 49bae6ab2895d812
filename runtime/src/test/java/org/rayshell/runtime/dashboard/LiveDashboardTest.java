package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.ConnectException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.testing.NothingLeft;

/** The dashboard of a real session, with real workers. */
@ExtendWith(NothingLeft.class)
class LiveDashboardTest {
  @AfterEach
  void shutdown() {
    Ray.shutdown();
  }

  static int square(int n) {
    return n * n;
  }

  static int boom(int n) {
    return 1 / n;
  }

  static int crash(int code) {
    System.err.println("going down with " + code);
    Runtime.getRuntime().halt(code);
    return 0;
  }

  private static List<JsonElement> rows(String path) throws Exception {
    return Http.get(Ray.dashboardUrl(), path)
        .at("data", "result", "result")
        .getAsJsonArray()
        .asList();
  }

  @Test
  void tasksOfASessionAreListedWithTimesAndWorkers() throws Exception {
    Ray.init(RayOptions.create().numCpus(2).dashboardPort(0));
    var refs =
        IntStream.range(0, 5)
            .mapToObj(n -> Ray.task(LiveDashboardTest::square, n).remote())
            .toList();
    assertEquals(List.of(0, 1, 4, 9, 16), Ray.get(refs));
    var failing = Ray.task(LiveDashboardTest::boom, 0).remote();
    assertThrows(RayTaskException.class, failing::get);

    List<JsonElement> tasks = rows("/api/v0/tasks?detail=1");
    assertEquals(6, tasks.size());
    List<Long> workers =
        rows("/api/v0/workers?filter_keys=worker_type&filter_predicates=%3D&filter_values=WORKER")
            .stream()
            .map(worker -> worker.getAsJsonObject().get("pid").getAsLong())
            .toList();
    for (int i = 0; i < 5; i++) {
      JsonObject task = tasks.get(i).getAsJsonObject();
      assertEquals("FINISHED", task.get("state").getAsString());
      assertTrue(task.get("name").getAsString().contains("square"), task::toString);
      assertTrue(workers.contains(task.get("worker_pid").getAsLong()), task::toString);
      assertTrue(refs.get(i).id().startsWith(task.get("task_id").getAsString()));
      assertTrue(
          task.get("creation_time_ms").getAsDouble() <= task.get("start_time_ms").getAsDouble()
              && task.get("start_time_ms").getAsDouble() <= task.get("end_time_ms").getAsDouble(),
          task::toString);
    }
    JsonObject failed = tasks.get(5).getAsJsonObject();
    assertEquals("FAILED", failed.get("state").getAsString());
    assertEquals("ArithmeticException: / by zero", failed.get("error_message").getAsString());
  }

  private static int sleeps() throws InterruptedException {
    Thread.sleep(100_000);
    return 0;
  }

  @Test
  void aCancelledTaskIsTold() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    ObjectRef<Integer> ref = Ray.task(LiveDashboardTest::sleeps).remote();
    Ray.cancel(ref);
    assertThrows(TaskCancelledException.class, ref::get);
    JsonObject task = rows("/api/v0/tasks?detail=1").getFirst().getAsJsonObject();
    assertEquals("FAILED", task.get("state").getAsString());
    assertEquals("TASK_CANCELLED", task.get("error_type").getAsString());
    assertTrue(task.get("error_message").getAsString().startsWith("sleeps was cancelled"));
  }

  @Test
  void aDeadWorkerIsTold() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    var ref = Ray.task(LiveDashboardTest::crash, 5).options(o -> o.maxRetries(0)).remote();
    String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
    assertTrue(message.endsWith("Last lines of its stderr:\ngoing down with 5"), message);
    JsonObject task = rows("/api/v0/tasks?detail=1").getFirst().getAsJsonObject();
    assertEquals("WORKER_DIED", task.get("error_type").getAsString());
    assertTrue(task.get("error_message").getAsString().contains("exit code 5"), task::toString);
  }

  @Test
  void theSummaryKnowsTheSessionsResources() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    Http.Answer summary = Http.get(Ray.dashboardUrl(), "/api/v1/summary");
    assertEquals("[0.0,1.0]", summary.at("resources", "CPU").toString());
    assertEquals(ProcessHandle.current().pid(), summary.at("driverPid").getAsLong());
    assertTrue(summary.at("running").getAsBoolean());
  }

  @Test
  void itEndsWithTheSessionAndANewSessionHasItsOwn() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    String first = Ray.dashboardUrl();
    String session = Http.get(first, "/api/version").at("session_name").getAsString();
    Ray.shutdown();
    assertNull(Ray.dashboardUrl());
    assertThrows(ConnectException.class, () -> Http.get(first, "/healthz"));

    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    assertNotEquals(
        session, Http.get(Ray.dashboardUrl(), "/api/version").at("session_name").getAsString());
  }

  @Test
  void aSessionWithoutOneHasNoAddress() {
    Ray.init(RayOptions.create().numCpus(1).includeDashboard(false));
    assertNull(Ray.dashboardUrl());
  }
}
