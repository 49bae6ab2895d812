package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

/** The commands of {@code %ray} as a front end sees them, with real workers. */
@Timeout(180)
class RayCommandsTest extends JavaKernelTest {
  private static final String FUNCTIONS =
      """
      import java.net.Socket;
      void meet(int port) throws Exception {
          try (var door = new Socket("127.0.0.1", port)) {
              door.getOutputStream().write((ProcessHandle.current().pid() + "\\n").getBytes());
              door.getInputStream().read();
          }
      }
      @Remote String waits(int port) throws Exception {
          System.out.println("printed by waits");
          System.err.println("an error of waits");
          meet(port);
          return "done";
      }
      long hot(long seed) {
          long x = seed;
          for (int i = 0; i < 10_000; i++) { x = x * 6364136223846793005L + 1; }
          return x;
      }
      @Remote long spins(int port) throws Exception {
          meet(port);
          long n = 1;
          while (n != 0) { n += hot(n); }
          return n;
      }
      @Remote int quick(int n) { return n; }
      @Remote int fails() { throw new IllegalStateException("no <luck>"); }
      @Remote(numCpus = 0) String needsGpu(int port) throws Exception {
          meet(port);
          return "had it";
      }
      """;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    assertTrue(error("%ray tasks").contains("Ray is not running; Ray.init() or %ray init"));
    ok("%ray init --num-cpus=2 --no-dashboard --resources gpu=1");
    ok(FUNCTIONS);
  }

  /** What a test that failed has left would keep the CPUs from the next one. */
  @AfterEach
  void nothingGoesOn() {
    client.execute("%ray cancel --force");
  }

  /** What a command shows: its text; its HTML keeps to the rules. */
  private static String shown(String command) {
    return shown(ok(command));
  }

  /** What a command shows in a front end that draws HTML. */
  private static String html(String command) {
    JsonObject shown = ok(command).contents("display_data").getLast();
    return shown.getAsJsonObject("data").get("text/html").getAsString();
  }

  private static String shown(Run run) {
    List<JsonObject> all = new ArrayList<>(run.contents("display_data"));
    all.addAll(run.contents("execute_result"));
    all.addAll(run.contents("update_display_data"));
    JsonObject data = all.getLast().getAsJsonObject("data");
    AllowList.check(data.get("text/html").getAsString());
    return data.get("text/plain").getAsString();
  }

  private static List<String> completed(String line) {
    JsonObject asked = new JsonObject();
    asked.addProperty("code", line);
    asked.addProperty("cursor_pos", line.length());
    List<String> words = new ArrayList<>();
    JsonArray matches =
        client.ask("complete_request", asked.toString()).content().getAsJsonArray("matches");
    for (JsonElement each : matches) {
      words.add(each.getAsString());
    }
    return words;
  }

  @Test
  void helpNamesAllCommandsAndTheirOptions() {
    String all = shown("%ray help");
    for (String each :
        List.of(
            "init",
            "shutdown",
            "status",
            "resources",
            "nodes",
            "workers",
            "tasks",
            "objects",
            "logs [WORKER|TASK]",
            "timeline [FILE]",
            "stack [TASK|WORKER]",
            "profile [TASK|FUNCTION]",
            "cancel [FUNCTION|ID…]",
            "kill WORKER…",
            "help [COMMAND]")) {
      assertTrue(all.contains("%ray " + each), each + " is not in " + all);
    }
    String one = shown("%ray help tasks");
    assertTrue(one.contains("%ray tasks") && one.contains("--state=STATE"), one);
    assertEquals(one, shown("%ray tasks --help"));
  }

  @Test
  void wrongInputNamesTheThingAndTheRemedy() {
    assertTrue(error("%ray task").contains("did you mean %ray tasks or "));
    assertTrue(error("%ray nonsense").contains("; it has init, status,"));
    assertTrue(error("%ray tasks --stat failed").contains("did you mean --state?"));
    assertTrue(
        error("%ray tasks --state faled")
            .endsWith("no state of tasks: faled; did you mean failed?"));
    assertTrue(error("%ray tasks --function qick").contains("no task of that function"));
    assertTrue(error("%ray tasks --cell x").endsWith("--cell=x"));
    assertTrue(error("%ray tasks --limit many").contains("'many' is not an int"));
    assertTrue(error("%ray tasks --limit 0").contains("--limit=0"));
    assertTrue(error("%ray status now").endsWith("%ray status takes no arguments: now"));
    assertTrue(error("%ray logs 1").contains("1"));
    assertTrue(error("%ray logs w1 w2").contains("takes no more: w2"));
    assertTrue(error("%ray kill").contains("WORKER"));
    String foreign = error("%ray kill 1");
    assertTrue(
        foreign.startsWith("MagicError: no worker of this session: 1; its workers are "), foreign);
    assertTrue(error("%ray init --num-cpus").contains("--num-cpus"));
    assertTrue(error("%ray init --num-cpus=-3").startsWith("MagicError: %ray init: "));
    assertTrue(error("%ray timeline x.png").contains(".svg"));
    assertTrue(error("%ray timeline /nowhere/x.json").contains("no such folder: /nowhere"));
    assertTrue(error("%ray profile --seconds 0").contains("--seconds=0"));
    assertTrue(error("%ray help nothing").contains("%ray has no command nothing"));
    assertTrue(error("%ray stack nothing").contains("no task of that function or id runs"));
  }

  @Test
  void tabCompletesCommandsOptionsAndTheirValues() {
    assertEquals(List.of("tasks", "timeline"), completed("%ray t").stream().sorted().toList());
    ok("quick.remote(1).get()");
    assertEquals(List.of("--state"), completed("%ray tasks --s"));
    assertEquals(List.of("finished", "failed"), completed("%ray tasks --state f"));
    assertTrue(completed("%ray tasks --function q").contains("quick"));
    assertFalse(completed("%ray tasks --limit 3 --").contains("--limit"));
    assertTrue(completed("%ray help t").contains("timeline"));
    List<String> workers = completed("%ray kill ");
    assertTrue(workers.stream().anyMatch(each -> each.matches("\\d+")), workers::toString);
    assertTrue(completed("%ray profile qui").contains("quick"));
    assertEquals(List.of("--dashboard-port"), completed("%ray init --dash"));
  }

  @Test
  void tasksAreFilteredAndSayWhyTheyWait() throws Exception {
    ok("Ray.get(IntStream.range(0, 3).mapToObj(i -> quick.remote(i)).toList())");
    Run failing = ok("var failing = fails.remote(); Ray.wait(List.of(failing), 1);");
    int cell = failing.content().get("execution_count").getAsInt();
    String failed = shown("%ray tasks --state failed --cell " + cell);
    assertTrue(failed.contains("IllegalStateException: no <luck>"), failed);
    assertTrue(failed.contains("1 of "), failed);
    String quick = shown("%ray tasks --function quick --state finished --limit 2");
    assertTrue(quick.contains("older ones are not shown (--limit)"), quick);
    assertEquals(3, quick.lines().filter(line -> line.contains("quick")).count(), quick);
    try (Door door = new Door()) {
      ok(
          "var holds = needsGpu.options(o -> o.resources(Map.of(\"gpu\", 1.0))).remote("
              + door.port()
              + ");");
      long worker = door.next();
      ok(
          "var lacks = needsGpu.options(o -> o.resources(Map.of(\"gpu\", 1.0))).remote(1);\nvar after = Ray.task(String::length, holds).remote();");
      String waiting = shown("%ray tasks --state queued");
      assertTrue(waiting.contains("waits for gpu (1; 0 of 1 free)"), waiting);
      assertTrue(waiting.contains("waits for needsGpu "), waiting);
      String there = shown("%ray tasks --worker " + worker + " --function needsGpu");
      assertTrue(there.contains("1 of "), there);
      ok("%ray cancel " + ok("lacks.id()").result().substring(0, 12));
      door.open();
      assertEquals("6", ok("after.get()").result());
    }
  }

  @Test
  void theSessionIsShown() {
    ok("quick.remote(1).get()");
    String workers = shown("%ray workers");
    assertTrue(workers.lines().findFirst().orElse("").contains("uptime"), workers);
    assertTrue(workers.matches("(?s).*  w\\d+  .*") && workers.contains("plain"), workers);
    assertTrue(workers.matches("(?s).*\\d MB.*"), workers);
    assertTrue(shown("%ray nodes").contains("NodeInfo["));
    assertTrue(shown("%ray resources").contains("CPU=2.0"));
    String status = shown("%ray status");
    assertTrue(status.matches("RayContext\\(.*\\)\ntasks: \\d+ finished.*"), status);
    assertFalse(html("%ray status").contains("already"), "nobody has tried to start it again");
  }

  @Test
  void objectsAreListedWithTheirValuesAndWhoHasThem() {
    Run run =
        ok("var kept = Ray.put(\"a value\"); var gone = Ray.put(7); Ray.free(List.of(gone));");
    String cell = "In [" + run.content().get("execution_count").getAsInt() + "]";
    ok("var made = quick.remote(49); made.get();");
    String objects = shown("%ray objects --limit 50");
    assertTrue(objects.contains("String \"a value\""), objects);
    assertTrue(objects.contains("int 49"), objects);
    assertTrue(objects.contains("freed") && objects.contains("stored"), objects);
    assertTrue(objects.contains(cell), objects);
  }

  @Test
  void logsAreShownByWorkerAndTask() throws Exception {
    try (Door door = new Door()) {
      ok("var logged = waits.remote(" + door.port() + ");");
      long worker = door.next();
      door.open();
      ok("logged.get()");
      String id = ok("logged.id()").result().substring(0, 12);
      for (String of : List.of("" + worker, id)) {
        String out = shown("%ray logs " + of);
        assertTrue(out.contains("worker " + worker) && out.contains("printed by waits"), out);
        assertFalse(out.contains("an error"), out);
      }
      assertTrue(shown("%ray logs " + worker + " --err").contains("an error of waits"));
      assertTrue(shown("%ray logs").contains("printed by waits"));
      ok("quick.remote(1).get()");
      String one = shown("%ray logs " + worker + " --tail 1");
      assertEquals(2, one.lines().count(), one);
    }
  }

  @Test
  void theTimelineIsShownAndWritten() throws Exception {
    ok("Ray.get(IntStream.range(0, 4).mapToObj(i -> quick.remote(i)).toList())");
    String lanes = shown("%ray timeline");
    assertTrue(lanes.contains("worker ") && lanes.contains("% busy"), lanes);
    Path json = folder.resolve("trace.json");
    assertTrue(ok("%ray timeline " + json).stream("stdout").contains("ui.perfetto.dev"));
    assertTrue(JsonParser.parseString(Files.readString(json)).getAsJsonObject().has("traceEvents"));
    Path svg = folder.resolve("lanes.svg");
    assertTrue(ok("%ray timeline " + svg).stream("stdout").startsWith("wrote " + svg));
    String picture = Files.readString(svg);
    assertTrue(picture.startsWith("<svg ") && picture.contains("prefers-color-scheme"), picture);
  }

  @Test
  void theStackOfATaskIsInLinesOfCells() throws Exception {
    try (Door door = new Door()) {
      ok("var blocked = waits.remote(" + door.port() + ");");
      long worker = door.next();
      for (String of : List.of("waits", "" + worker, "")) {
        String stack = shown("%ray stack " + of);
        assertTrue(stack.contains("waits · worker " + worker + " · In ["), stack);
        assertTrue(stack.contains("at meet (In [") && stack.contains("at waits (In ["), stack);
        assertTrue(stack.contains("11 | meet(port);"), stack);
        assertTrue(stack.contains(" hidden"), stack);
        assertFalse(stack.contains("org.rayshell"), stack);
      }
      door.open();
      assertEquals("done", ok("blocked.get()").result());
      assertTrue(shown("%ray stack " + worker).endsWith("has no task"));
    }
  }

  @Test
  void aSpinningTaskIsSeenAndItsHotMethodIsNamedFirst() throws Exception {
    try (Door door = new Door()) {
      ok("var spinning = spins.remote(" + door.port() + ");");
      long worker = door.next();
      door.open();
      assertTrue(shown("%ray stack spins").contains("at spins (In ["));
      String profile = shown("%ray profile --seconds 1.5 spins");
      assertTrue(profile.contains(" samples of spins on "), profile);
      String hottest = profile.lines().skip(1).findFirst().orElse("");
      assertTrue(
          hottest.matches(" *\\d+ %  hot \\(In \\[\\d+], line 16\\) .*x = x \\*.*"), profile);
      assertTrue(profile.contains("  spins (In ["), profile);
      // An interrupt ends it, and what there is is shown.
      String id = client.sendExecute("%ray profile --seconds 500");
      client.awaitPublished(id, "display_data");
      client.control("interrupt_request", TestClient.json("{}"));
      client.nextControl();
      Run ended = client.awaitAmongOthers(id);
      assertEquals("ok", ended.status());
      assertTrue(shown(ended).contains("tasks"), shown(ended));
      assertTrue(ok("%ray kill " + worker).stream("stdout").contains("it ran spins of In ["));
      ok("%ray cancel --force");
    }
  }

  /** Stops a process; kill returns before all of its threads rest. */
  private static void stop(long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-STOP", "" + pid).start().waitFor());
    while (Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .noneMatch(line -> line.startsWith("State:") && line.contains("T"))) {
      Thread.yield();
    }
  }

  @Test
  void aStoppedWorkerIsSaidToBeStopped() throws Exception {
    try (Door door = new Door()) {
      ok("var stopped = waits.remote(" + door.port() + ");");
      long worker = door.next();
      stop(worker);
      String stack = shown("%ray stack waits");
      assertTrue(stack.contains("worker " + worker + ", which runs waits, did not answer"), stack);
      assertTrue(stack.contains("is stopped (SIGSTOP, or a debugger)"), stack);
      assertTrue(shown("%ray workers").contains("stopped (SIGSTOP)"));
      String killed = ok("%ray kill " + worker).stream("stdout");
      assertTrue(
          killed.matches(
              "(?s)worker "
                  + worker
                  + " \\(w\\d+\\) is killed; it ran waits of In .*"
                  + "runs again \\(attempt 2\\)\\n"),
          killed);
      assertTrue(door.next() != worker);
      door.open();
      assertEquals("done", ok("stopped.get()").result());
      assertTrue(error("%ray kill " + worker).contains("killed by %ray kill"));
      assertTrue(shown("%ray workers --all").contains("signal 9"));
    }
  }
}
