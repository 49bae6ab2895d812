package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** What a front end is told of a cell's tasks: their errors, their times, their progress. */
@Timeout(180)
class TasksOfCellsTest extends JavaKernelTest {
  private static final Pattern FORMER = Pattern.compile("(\\d+) former tr(?:y|ies)");
  private static final Pattern NOT_SHOWN = Pattern.compile("(\\d+) tr(?:y|ies) not shown");
  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    ok("%ray init --num-cpus=2 --no-dashboard");
    ok(
        """
        import java.net.Socket;
        @Remote int waits(int port) throws Exception {
            try (var door = new Socket("127.0.0.1", port)) {
                door.getOutputStream().write((ProcessHandle.current().pid() + "\\n").getBytes());
                return door.getInputStream().read();
            }
        }
        @Remote int divides(int n) { return 100 / n; }
        @Remote int breaks() { throw new IllegalStateException("always"); }
        @Remote(retryExceptions = IOException.class, maxRetries = 2) int wobbles(String file)
                throws IOException {
            Path path = Path.of(file);
            int tries = Files.exists(path) ? Files.readString(path).length() : 0;
            Files.writeString(path, "x".repeat(tries + 1));
            if (tries < 2) throw new IOException("try <" + tries + ">");
            return tries;
        }
        """);
  }

  private static int number(Run run) {
    return run.content().get("execution_count").getAsInt();
  }

  /** The line on where a failed task was called. */
  private static String called(String code) {
    String text = error(code);
    List<String> lines =
        text.lines().map(String::strip).filter(line -> line.startsWith("called in ")).toList();
    assertEquals(1, lines.size(), text);
    return lines.getFirst();
  }

  @Test
  void aFailedTaskWasCalledWhereItsCallStands() {
    int same = number(ok("var good = divides.remote(1);\nvar bad = divides.remote(0);"));
    assertEquals(
        "called in In [" + same + "], line 2    2 | var bad = divides.remote(0);",
        called("bad.get()"));
    int fan =
        number(
            ok("List<ObjectRef<Integer>> fan(int n) {\n  return List.of(divides.remote(n));\n}"));
    ok("// Not here: divides.remote(0)\nvar fanned = fan(0);");
    assertEquals(
        "called in fan (In [" + fan + "], line 2)    2 | return List.of(divides.remote(n));",
        called("fanned.getFirst().get()"));
    int mapped = number(ok("var mapped =\n  Stream.of(2, 0)\n    .map(divides::remote).toList();"));
    assertEquals(
        "called in In [" + mapped + "], line 3    3 | .map(divides::remote).toList();",
        called("Ray.get(mapped)"));
  }

  @Test
  void whereItIsNotCertainNoLineIsNamed() {
    int pool =
        number(
            ok(
                "var far = java.util.concurrent.CompletableFuture.supplyAsync(breaks::remote).get();"));
    assertEquals("called in In [" + pool + "]", called("far.get()"));
    // It fails as its argument did, which was called elsewhere.
    int outer = number(ok("var inner = divides.remote(0);\nvar outer = divides.remote(inner);"));
    assertEquals("called in In [" + outer + "]", called("outer.get()"));
  }

  @Test
  void verboseShowsTheFramesOfTheWorkerToo() {
    String below = "org.rayshell.runtime.worker.WorkerMain.main";
    ok("%xmode Verbose");
    try {
      String all = error("divides.remote(0).get()");
      assertTrue(all.contains("at divides (In [") && all.contains(below), all);
      assertTrue(all.contains("org.rayshell.runtime.RefAccess"), all);
    } finally {
      ok("%xmode Context");
    }
    String brief = error("divides.remote(0).get()");
    assertFalse(brief.contains("org.rayshell.runtime"), brief);
    String seen =
        ok(
            """
            try {
              divides.remote(0).get();
            } catch (RayTaskException e) {
              System.out.println(e.getCause().getStackTrace().length);
            }
            """)
            .stream("stdout");
    assertEquals("1\n", seen, "a cell sees the frames of the task alone");
  }

  /** As nbclient runs a cell. */
  private static Run unattended(String code) {
    JsonObject request = new JsonObject();
    request.addProperty("code", code);
    request.addProperty("allow_stdin", false);
    Run run = client.ask("execute_request", request.toString());
    assertEquals("ok", run.status(), run::toString);
    return run;
  }

  @Test
  void whatIsPrintedAfterItsCellGoesUnderTheOneThatRunsIfNobodyIsThere() throws Exception {
    ok(
        """
        @Remote int says(int port) throws Exception {
          int got = waits(port);
          System.out.println("said late");
          return got;
        }
        """);
    try (Door door = new Door()) {
      unattended("var said = says.remote(" + door.port() + ");");
      door.next();
      // It may be printed while no cell runs: then the next one has it.
      door.open();
      String heard = unattended("said.get()").stream("stdout");
      assertTrue(heard.contains("said late\n"), heard);
    }
    try (Door door = new Door()) {
      ok("var own = says.remote(" + door.port() + ");");
      door.next();
      door.open();
      assertEquals("", ok("own.get()").stream("stdout"), "people find it under its own cell");
    }
  }

  private static List<String> reports(Run run) {
    return run.contents("display_data").stream()
        .map(JavaKernelTest::text)
        .filter(text -> text.contains("Wall time"))
        .toList();
  }

  @Test
  void timesOptionAddsTheReportBetweenTimesAndResult() {
    for (String magic : List.of("%%time -r\n", "%time -r ")) {
      Run run = ok(magic + "Ray.get(divides.remote(4))");
      assertEquals("25", run.result(), magic);
      assertTrue(run.stream("stdout").contains("\nWall time: "), run.stream("stdout"));
      assertTrue(reports(run).getFirst().startsWith("1 task on 1 worker in "), run::toString);
      List<String> types = new ArrayList<>(run.types());
      types.retainAll(List.of("stream", "display_data", "execute_result"));
      // A wait that took long has shown its line before.
      assertEquals(
          List.of("stream", "display_data", "execute_result"),
          types.subList(types.size() - 3, types.size()));
    }
    Run failed = client.execute("%%time -r\nRay.get(divides.remote(0))");
    assertEquals("error", failed.status());
    assertTrue(failed.stream("stdout").contains("\nWall time: "), failed.stream("stdout"));
    assertTrue(reports(failed).getFirst().contains("1 failed"), failed::toString);
    Run rejected = client.execute("%%time -r\nint x = nope;");
    assertEquals(List.of(), rejected.contents("display_data"));
    assertEquals("", rejected.stream("stdout"));
  }

  @Test
  void timesOtherOptionsAreRefused() {
    assertTrue(error("%%time -x\n1").contains("%%time has no option but -r: -x"));
    assertTrue(error("%%time -r more\n1").contains("%%time has no option but -r: -r more"));
    for (String empty : List.of("%%time", "%%time -r\n ", "%time", "%time -r")) {
      String said = error(empty);
      assertTrue(said.contains("time needs something to run: %time [-r] STATEMENT"), said);
    }
  }

  @Test
  void anInterruptedCellHasItsReport() throws Exception {
    try (Door door = new Door()) {
      String id =
          client.sendExecute(
              "%%ray\nvar stays = waits.remote("
                  + door.port()
                  + ");\nSystem.out.println(\"submitted\");\nstays.get()");
      door.next();
      // The task may have begun before the cell has its ref.
      client.awaitOutput(id);
      Run run = interrupt(id);
      String said = run.content().get("evalue").getAsString();
      assertTrue(said.endsWith("1 task that it submitted goes on (%ray cancel ends it)"), said);
      String report = reports(run).getFirst();
      assertTrue(report.startsWith("1 task on 1 worker in "), report);
      assertTrue(report.contains(" 1 running\n"), report);
      assertTrue(report.matches("(?s).*\nSpeed-up +\\S +1 still running\n.*"), report);
      door.open();
      assertEquals("1", ok("stays.get()").result());
    }
  }

  @Test
  void aWaitForAListThatIsOnDisplayShowsNoLine() throws Exception {
    try (Door shown = new Door();
        Door unseen = new Door()) {
      // The second wait begins after the first: when it has its line, the first goes without.
      String id =
          client.sendExecute(
              """
              var listed = List.of(waits.remote(%d), divides.remote(1));
              var other = List.of(waits.remote(%d), divides.remote(1));
              display(listed);
              var first = Thread.ofPlatform().start(() -> Ray.get(listed));
              while (Stream.of(first.getStackTrace()).noneMatch(f -> f.getMethodName().equals("await"))) Thread.onSpinWait();
              Ray.get(other);
              first.join();
              """
                  .formatted(shown.port(), unseen.port()));
      shown.next();
      unseen.next();
      Set<String> lines = new TreeSet<>();
      Message next = client.nextIopub();
      while (!(TestClient.isStatus(next, "idle") && TestClient.parent(next).equals(id))) {
        if (next.header().type().equals("display_data")) {
          JsonObject content = next.content();
          String display = content.getAsJsonObject("transient").get("display_id").getAsString();
          if (display.startsWith("ray-wait-")) {
            lines.add(display);
            shown.open();
            unseen.open();
          }
        }
        next = client.nextIopub();
      }
      assertEquals("ok", client.nextShell().content().get("status").getAsString());
      assertEquals(1, lines.size(), lines::toString);
    }
  }

  /** The report on a cell of which one task was retried. */
  private static String retried(Run run) {
    JsonObject shown = run.contents("display_data").getLast();
    AllowList.check(html(shown));
    String report = text(shown);
    assertTrue(report.lines().findFirst().orElse("").contains("1 retried"), report);
    return report;
  }

  private static int sum(Pattern number, String report) {
    return number.matcher(report).results().mapToInt(each -> Integer.parseInt(each.group(1))).sum();
  }

  @Test
  void triesThatFailedAreInTheLanes() {
    Run run =
        ok(
            "%%ray\nRay.get(List.of(wobbles.remote(\""
                + folder.resolve("a")
                + "\"), divides.remote(1)))");
    String report = retried(run);
    assertEquals(2, sum(FORMER, report), report);
    assertEquals(0, sum(NOT_SHOWN, report), report);
    String html = html(run.contents("display_data").getLast());
    assertTrue(html.contains("IOException: try &lt;1&gt;"), html);
    assertTrue(html.contains("wobbles #0, try 2") && html.contains("tried again"), html);
    assertTrue(report.contains(" 2 finished"), report);
  }

  @Test
  void triesOfTasksThatTasksSubmitAreInTheLanesToo() {
    ok("@Remote int above(String file) throws IOException { return wobbles.remote(file).get(); }");
    Run run = ok("%%ray\nabove.remote(\"" + folder.resolve("b") + "\").get()");
    assertEquals("2", run.result());
    String report = retried(run);
    // Of a short try its owner, a worker, may not have heard that it had begun.
    assertEquals(2, sum(FORMER, report) + sum(NOT_SHOWN, report), report);
  }

  @Test
  void aTryWhoseWorkerDiedIsInItsLane() {
    ok(
        """
        @Remote(maxRetries = 1) int halts(String file) throws Exception {
          if (Files.exists(Path.of(file))) return 5;
          Files.createFile(Path.of(file));
          Runtime.getRuntime().halt(3);
          return 0;
        }
        """);
    Run run = ok("%%ray\nhalts.remote(\"" + folder.resolve("c") + "\").get()");
    assertEquals("5", run.result());
    String report = retried(run);
    assertEquals(1, sum(FORMER, report), report);
    assertTrue(report.startsWith("1 task on 2 workers in "), report);
  }
}
