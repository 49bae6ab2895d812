package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.kernel.display.Errors;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.TraceMode;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Runtimes;

/** What cells show of their remote tasks: waits, output, failures; on real workers. */
@Timeout(60)
class NotebookOnWorkersTest {
  private static final LiveDisplays DISPLAYS = new LiveDisplays();
  private static Evaluator evaluator;
  private static RaySession session;
  private static Errors errors;
  private static ServerSocket gate;
  private static int count;

  @BeforeAll
  static void start() throws IOException {
    evaluator = RaySession.evaluator();
    session = new RaySession(evaluator, DISPLAYS, NotebookAddress.UNKNOWN, () -> 0);
    errors = new Errors(evaluator.trace(), evaluator::sourceLine);
    gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    ok("import java.net.*;\nint port = " + gate.getLocalPort() + ";");
    ok(
        """
        @Remote int waits(int n) throws IOException {
          try (var gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
            int word = gate.getInputStream().read();
            if (word == 'x') throw new IllegalStateException("told to fail");
            return n;
          }
        }
        """);
  }

  @AfterAll
  static void end() throws Exception {
    List<ProcessHandle> workers = ProcessHandle.current().children().toList();
    DISPLAYS.close();
    session.close();
    Runtimes.install(DriverHooks.NONE);
    evaluator.close();
    gate.close();
    for (ProcessHandle each : workers) {
      each.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  /** A cell that ran, and how it ended. */
  private record Ran(FakeCell cell, EvalResult result) {}

  /** Runs it as the engine does, up to its end: what is held back is not flushed. */
  private static Ran run(FakeCell cell, String code) {
    CurrentCell.enter(cell);
    try {
      evaluator.begin(cell.count(), code);
      EvalResult result = evaluator.eval(code, cell.count(), session.enter(cell));
      session.leave(cell, !(result instanceof EvalResult.Ok));
      DISPLAYS.flush();
      return new Ran(cell, result);
    } finally {
      CurrentCell.leave();
    }
  }

  private static FakeCell cell() {
    return new FakeCell(++count);
  }

  private static FakeCell ok(String code) {
    Ran ran = run(cell(), code);
    assertInstanceOf(EvalResult.Ok.class, ran.result(), () -> code + ": " + ran.result());
    return ran.cell();
  }

  private static List<String> failed(String code) {
    Ran ran = run(cell(), code);
    var threw = assertInstanceOf(EvalResult.Threw.class, ran.result());
    List<String> lines = errors.threw(threw.exception(), threw.hidden()).traceback();
    assertTrue(lines.size() <= 15, () -> String.join("\n", lines));
    return String.join("\n", lines).lines().map(FakeCell::plain).toList();
  }

  private static CompletableFuture<Ran> started(FakeCell cell, String code) {
    return CompletableFuture.supplyAsync(
        () -> run(cell, code), work -> Thread.ofPlatform().daemon().start(work));
  }

  /** The next display whose text has that in it. */
  private static String shown(FakeCell cell, String part) throws InterruptedException {
    String text = cell.displays.take();
    while (!text.contains(part)) {
      text = cell.displays.take();
    }
    return text;
  }

  private static void release(Socket task, char word) throws IOException {
    try (task) {
      task.getOutputStream().write(word);
    }
  }

  @Test
  void aLongGetShowsOneLineThatEndsQuietly() throws Exception {
    FakeCell cell = cell();
    var ran = started(cell, "Ray.get(List.of(waits.remote(1), waits.remote(2), waits.remote(3)));");
    Socket one = gate.accept();
    Socket other = gate.accept();
    String first = shown(cell, "0 of 3 done");
    String id = first.substring(0, first.indexOf(':'));
    release(one, '.');
    Socket last = gate.accept();
    shown(cell, "1 of 3 done, 2 running");
    release(other, '.');
    release(last, '.');
    ran.get();
    assertTrue(shown(cell, "results").matches(id + ": 3 results in [\\d.]+ m?s"));
  }

  @Test
  void aShortGetShowsNothing() {
    assertNull(ok("Ray.get(List.of(Ray.put(1), Ray.put(2)));").displays.poll());
  }

  @Test
  void singleGetsShowOneLineForAll() throws Exception {
    FakeCell cell = cell();
    var ran =
        started(
            cell,
            "var each = IntStream.range(0, 3).mapToObj(i -> waits.remote(i)).toList();\n"
                + "for (var ref : each) ref.get();");
    Socket one = gate.accept();
    Socket other = gate.accept();
    shown(cell, "0 of 3 done");
    release(one, '.');
    release(other, '.');
    Socket last = gate.accept();
    shown(cell, "2 of 3 done");
    release(last, '.');
    ran.get();
    String end = shown(cell, "results");
    assertTrue(end.matches("ray-wait-\\d+-0: results one by one in [\\d.]+ m?s"), end);
  }

  @Test
  void aWaitForTheNextItemOfAStreamIsShown() throws Exception {
    ok(
        """
        @Remote Iterator<Integer> gated() {
          return IntStream.range(0, 2).mapToObj(n -> {
            try {
              return waits(n);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }).iterator();
        }
        """);
    FakeCell cell = cell();
    var ran =
        started(
            cell,
            "try (var items = gated.remoteStream()) { while (items.hasNext()) items.next().get(); }");
    Socket one = gate.accept();
    String first = shown(cell, "waiting for the next item of gated");
    release(one, '.');
    Socket other = gate.accept();
    release(other, '.');
    assertInstanceOf(EvalResult.Ok.class, ran.get().result(), first);
    assertTrue(
        shown(cell, "results").matches("ray-wait-\\d+-0: results one by one in [\\d.]+ m?s"));
  }

  @Test
  void failuresAndTimesThatRunOutAreSaid() throws Exception {
    FakeCell cell = cell();
    var ran = started(cell, "Ray.get(List.of(waits.remote(1), waits.remote(2)));");
    Socket one = gate.accept();
    Socket other = gate.accept();
    shown(cell, "0 of 2 done");
    release(one, 'x');
    ran.get();
    assertTrue(shown(cell, "✕").contains("✕ 1 of 2 failed after"));
    release(other, '.');
    FakeCell late = cell();
    var timed =
        started(
            late, "Ray.get(List.of(waits.remote(1), waits.remote(2)), Duration.ofMillis(800));");
    one = gate.accept();
    other = gate.accept();
    timed.get();
    assertTrue(shown(late, "tasks go on").contains("0 of 2 ready after"));
    release(one, '.');
    release(other, '.');
  }

  @Test
  void anInterruptedWaitSaysThatTheTasksGoOn() throws Exception {
    FakeCell cell = cell();
    var ran =
        started(cell, "var going = List.of(waits.remote(1), waits.remote(2));\nRay.get(going);");
    Socket one = gate.accept();
    Socket other = gate.accept();
    shown(cell, "0 of 2 done");
    evaluator.stop();
    assertInstanceOf(EvalResult.Interrupted.class, ran.get().result());
    shown(cell, "stopped waiting after");
    release(one, '.');
    release(other, '.');
    ok("Ray.get(going);");
  }

  @Test
  void alikeLinesOfTwoWorkersAreFoldedAndNoneIsLostWhenGetReturns() throws Exception {
    FakeCell cell = cell();
    var ran =
        started(
            cell,
            "@Remote void says() throws IOException { waits(0); for (int i = 0; i < 3; i++)"
                + " System.out.println(\"hello \" + i); System.err.println(i()); }\n"
                + "int i() { return 7; }\nRay.get(List.of(says.remote(), says.remote()));");
    Socket one = gate.accept();
    Socket other = gate.accept();
    release(one, '.');
    release(other, '.');
    Ran end = ran.get();
    assertInstanceOf(EvalResult.Ok.class, end.result());
    String out = FakeCell.plain(cell.out);
    int sum = 0;
    for (String line : out.lines().toList()) {
      assertTrue(
          line.matches("\\(says pid=\\d+\\) hello \\d( \\[repeated \\dx across cluster].*)?"),
          line);
      Matcher repeated = Pattern.compile("repeated (\\d)x").matcher(line);
      sum += repeated.find() ? Integer.parseInt(repeated.group(1)) : 1;
    }
    assertEquals(6, sum, out);
    assertTrue(out.contains("repeated"), out);
    assertEquals(2, FakeCell.plain(cell.err).lines().count(), cell.err::toString);
  }

  @Test
  void alikeLinesAreAllThereWhereFoldingIsOff() {
    System.setProperty("RAY_DEDUP_LOGS", "0");
    try {
      FakeCell cell =
          ok(
              "@Remote void talks() { for (int i = 0; i < 3; i++)"
                  + " System.out.println(\"hi \" + i); }\n"
                  + "Ray.get(List.of(talks.remote(), talks.remote()));");
      String out = FakeCell.plain(cell.out);
      assertEquals(6, out.lines().count(), out);
      assertTrue(out.lines().allMatch(line -> line.matches("\\(talks pid=\\d+\\) hi \\d")), out);
    } finally {
      System.clearProperty("RAY_DEDUP_LOGS");
    }
  }

  @Test
  void aThousandLinesAreShownAndTheOthersCounted() {
    FakeCell cell =
        ok(
            "@Remote void much() { for (int i = 0; i < 1500; i++) System.out.println(\"line \" + i); }\n"
                + "much.remote().get();");
    session.flush();
    List<String> lines = FakeCell.plain(cell.out).lines().toList();
    assertEquals(CellPrints.MOST_LINES, lines.size());
    assertTrue(lines.getLast().endsWith("line 999"), lines.getLast());
    List<String> counts = new ArrayList<>(cell.displays);
    assertTrue(counts.getLast().contains("... 500 more lines: in the logs"), counts::toString);
  }

  @Test
  void aFailureNamesTheCellsTheOutputAndTheOthers() {
    ok(
        """
        @Remote(retryExceptions = IOException.class, maxRetries = 1)
        int fails(int n) throws IOException {
          System.out.println("at " + n);
          if (n == 1) throw new IOException("no luck");
          return 100 / n;
        }
        """);
    int defined = count;
    ok(
        "\nvar doomed = new ArrayList<ObjectRef<Integer>>();\ndoomed.add(fails.remote(0));\ndoomed.add(Ray.task(() -> fails(1)).remote());");
    int submitted = count;
    ok("Ray.wait(doomed, 2);");
    List<String> lines = failed("Ray.get(doomed)");
    String all = String.join("\n", lines);
    assertTrue(
        lines
            .get(0)
            .matches(
                "RayTaskException: fails failed on worker \\d+: ArithmeticException: / by zero"),
        all);
    assertEquals("Caused by: java.lang.ArithmeticException: / by zero", lines.get(1));
    assertEquals(
        "    at fails (In [" + defined + "], line 5)    5 | return 100 / n;", lines.get(2), all);
    assertTrue(
        all.contains(
            "called in In [" + submitted + "], line 3    3 | doomed.add(fails.remote(0));"),
        all);
    assertTrue(all.contains("got in In [" + count + "], line 1    1 | Ray.get(doomed)"), all);
    assertTrue(all.contains("Last output of the task: at 0"), all);
    assertTrue(all.contains("and 1 more failed: 1 × IOException"), all);
    assertTrue(
        lines.getLast().matches("\\d+ frames? of Ray and the JDK hidden \\(%xmode Verbose\\)"),
        all);
    List<String> tried = failed("fails.remote(1).get()");
    assertTrue(
        String.join("\n", tried)
            .matches("(?s).*Attempts: 1 worker \\d+, 2 worker \\d+: same error.*"),
        tried::toString);
  }

  @Test
  void verboseShowsAllFrames() {
    ok("@Remote int divides(int n) { return 1 / n; }");
    evaluator.trace().show(TraceMode.VERBOSE);
    try {
      Ran ran = run(cell(), "divides.remote(0).get()");
      var threw = assertInstanceOf(EvalResult.Threw.class, ran.result());
      assertEquals(0, threw.hidden());
      String all =
          FakeCell.plain(String.join("\n", errors.threw(threw.exception(), 0).traceback()));
      assertTrue(all.contains("org.rayshell.runtime.RefAccess"), all);
      assertTrue(all.contains("In [" + count + "], line 1"), all);
    } finally {
      evaluator.trace().show(TraceMode.CONTEXT);
    }
  }

  @Test
  void deathsRefusalsAndCancellationsAreSaidInFifteenLines() {
    List<String> died =
        failed(
            "@Remote(maxRetries = 1) int halts() { Runtime.getRuntime().halt(3); return 1; }\nhalts.remote().get()");
    assertTrue(
        died.get(0).startsWith("WorkerCrashedException: halts failed: its worker "),
        died::toString);
    assertTrue(String.join("\n", died).contains("Attempts: 1 worker "), died::toString);
    List<String> refused =
        failed(
            "record Job(Thread of) {}\n@Remote int takes(Job job) { return 1; }\ntakes.remote(new Job(Thread.currentThread()))");
    assertTrue(refused.get(0).contains("Job.of is a "), refused::toString);
    List<String> cancelled =
        failed(
            "@Remote void dozes() throws Exception { Thread.sleep(600_000); }\nvar nap = dozes.remote(); Ray.cancel(nap); nap.get();");
    assertTrue(
        cancelled.get(0).startsWith("TaskCancelledException: dozes was cancelled"),
        cancelled::toString);
  }

  @Test
  void aReportTakesThePlaceOfTheLineAndIsThereAfterAnError() throws Exception {
    FakeCell cell = cell();
    var ran = started(cell, "Ray.get(List.of(waits.remote(1), waits.remote(2)));");
    Socket one = gate.accept();
    Socket other = gate.accept();
    shown(cell, "0 of 2 done");
    release(one, 'x');
    assertInstanceOf(EvalResult.Threw.class, ran.get().result());
    release(other, '.');
    session.reporter().report(cell);
    shown(cell, "-0: ");
    String report = shown(cell, "Wall time");
    assertTrue(report.contains("1 failed"), report);
    assertTrue(report.contains("1 still running"), report);
  }

  @Test
  void aFailureThatNobodyAsksForIsOnTheCellsStderr() throws Exception {
    FakeCell cell =
        ok(
            "@Remote int unseen() { throw new ArithmeticException(\"unseen\"); }\nunseen.remote(); unseen.remote();");
    while (cell.err.isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(
        "unseen failed, and nobody has asked for its result: ArithmeticException: unseen"
            + " (Ray.get of its ref tells more; said once for each function of a cell)\n",
        cell.err.toString());
  }
}
