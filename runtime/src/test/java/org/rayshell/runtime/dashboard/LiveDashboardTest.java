package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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

  static int triesAgain(int n, String folder) throws IOException {
    Path marks = Path.of(folder);
    System.out.println("trying " + n);
    Path mark = Files.createTempFile(marks, "try", null);
    try (var all = Files.list(marks)) {
      if (all.count() < 3) {
        throw new IOException("not yet: " + mark.getFileName().toString().substring(0, 3));
      }
    }
    return n;
  }

  private static Http.Answer task(ObjectRef<?> ref) throws IOException {
    return Http.get(Ray.dashboardUrl(), "/api/v1/tasks/" + ref.id().substring(0, 48));
  }

  @Test
  void aTaskTellsItsTriesArgumentsStackAndOutput(@TempDir Path marks) throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    String folder = marks.toString();
    ObjectRef<Integer> ref =
        Ray.task(() -> triesAgain(7, folder))
            .options(o -> o.retryExceptions(IOException.class).name("tries"))
            .remote();
    assertEquals(7, ref.get());
    Http.Answer task = task(ref);
    assertEquals("tries", task.at("function").getAsString());
    assertEquals("finished", task.at("state").getAsString());
    assertEquals("int 7", task.at("result").getAsString());
    var attempts = task.at("attempts").getAsJsonArray();
    assertEquals(3, attempts.size());
    assertEquals(
        "IOException: not yet: try", attempts.get(1).getAsJsonObject().get("error").getAsString());
    assertTrue(attempts.get(2).getAsJsonObject().get("error").isJsonNull());
    assertTrue(task.at("stack").isJsonNull());
    var output = task.at("output").getAsJsonArray();
    assertEquals(3, output.size());
    assertEquals("trying 7", output.get(2).getAsJsonObject().get("text").getAsString());

    ObjectRef<Integer> failing = Ray.task(LiveDashboardTest::boom, 0).remote();
    assertThrows(RayTaskException.class, failing::get);
    Http.Answer failed = task(failing);
    assertEquals("[\"int 0\"]", failed.at("arguments").toString());
    String stack = failed.at("stack").getAsString();
    assertTrue(stack.startsWith("java.lang.ArithmeticException: / by zero\n\tat "), stack);
    assertTrue(stack.contains("LiveDashboardTest.boom(LiveDashboardTest.java:"), stack);
  }

  @Test
  void aWorkersDeathIsOneOfTheTries() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    var ref = Ray.task(LiveDashboardTest::crash, 5).options(o -> o.maxRetries(1)).remote();
    assertThrows(WorkerCrashedException.class, ref::get);
    Http.Answer task = task(ref);
    var attempts = task.at("attempts").getAsJsonArray();
    assertEquals(2, attempts.size());
    String first = attempts.get(0).getAsJsonObject().get("error").getAsString();
    assertTrue(first.matches("worker \\d+ died: exit code 5"), first);
    assertTrue(task.at("stack").getAsString().contains("going down with 5"));
    long worker = attempts.get(0).getAsJsonObject().get("worker").getAsLong();
    String log = Http.get(Ray.dashboardUrl(), "/api/v1/logs?worker=" + worker + "&file=err").body();
    assertTrue(log.contains("going down with 5"), log);
  }

  static double[] large(int n) {
    return new double[n];
  }

  @Test
  void objectsAreListedWithTheirRefsUntilTheseAreGone() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    ObjectRef<double[]> put = Ray.put(new double[1000]);
    ObjectRef<double[]> made = Ray.task(LiveDashboardTest::large, 100_000).remote();
    Ray.wait(List.of(made), 1, Duration.ofSeconds(60), false);
    Http.Answer answer = Http.get(Ray.dashboardUrl(), "/api/v1/objects");
    JsonObject largest = answer.at("objects").getAsJsonArray().get(0).getAsJsonObject();
    assertEquals(made.id(), largest.get("id").getAsString());
    assertEquals("result", largest.get("kind").getAsString());
    assertTrue(largest.get("bytes").getAsLong() > 800_000);
    assertFalse(largest.get("worker").isJsonNull(), "it stays with the worker that made it");
    JsonObject other = answer.at("objects").getAsJsonArray().get(1).getAsJsonObject();
    assertEquals(put.id(), other.get("id").getAsString());
    assertEquals("put", other.get("kind").getAsString());
    assertEquals("double[1000]", other.get("type").getAsString());
    assertEquals(1, other.get("references").getAsInt());
    Ray.free(List.of(put, made));
    assertEquals(0, Http.get(Ray.dashboardUrl(), "/api/v1/objects").at("matching").getAsInt());
  }

  @Test
  void linesOfTasksAreFoundByTaskWorkerAndText() throws Exception {
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    ObjectRef<Integer> one = Ray.task(() -> prints("one")).remote();
    ObjectRef<Integer> two = Ray.task(() -> prints("two")).remote();
    Ray.get(List.of(one, two));
    String url = Ray.dashboardUrl();
    assertEquals(4, Http.get(url, "/api/v1/logs").at("lines").getAsJsonArray().size());
    Http.Answer ofOne = Http.get(url, "/api/v1/logs?task=" + one.id());
    assertEquals(2, ofOne.at("lines").getAsJsonArray().size());
    JsonObject line = ofOne.at("lines").getAsJsonArray().get(1).getAsJsonObject();
    assertEquals("one: bad", line.get("text").getAsString());
    assertTrue(line.get("stderr").getAsBoolean());
    long worker = line.get("worker").getAsLong();
    assertEquals(
        4, Http.get(url, "/api/v1/logs?worker=" + worker).at("lines").getAsJsonArray().size());
    assertEquals(1, Http.get(url, "/api/v1/logs?q=TWO:").at("lines").getAsJsonArray().size());
    long last = ofOne.at("last").getAsLong();
    assertEquals(
        0, Http.get(url, "/api/v1/logs?after=" + last).at("lines").getAsJsonArray().size());
  }

  static int prints(String what) {
    System.out.println(what);
    System.err.println(what + ": bad");
    return 0;
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
