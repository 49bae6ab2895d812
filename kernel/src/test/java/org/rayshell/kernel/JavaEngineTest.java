package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** The engine as a front end sees it, with real workers. */
class JavaEngineTest extends JavaKernelTest {
  private static final String DURATION = "\\d[\\d.e+]* (?:s|ms|μs|ns)";
  private static final String TIMES =
      "(?s).*CPU times: user D, sys: D, total: D\nWall time: D\n(?:Compiler : D\n)?"
          .replace("D", DURATION);

  @TempDir Path folder;

  @Test
  void theCompilerOfCellsIsLeftToC1AndUserCodeIsNot() {
    String code =
        """
        import java.lang.management.ManagementFactory;
        import javax.management.ObjectName;
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().equals("kernel-directives")) {
                each.join();
            }
        }
        (String) ManagementFactory.getPlatformMBeanServer()
            .invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectivesPrint", new Object[0], new String[0])
        """;
    String directives = ok(code).result();
    assertTrue(directives.matches("(?s).*com/sun/tools/javac/.*Exclude:true.*"), directives);
    assertFalse(directives.contains("java/util"), directives);
  }

  @Test
  void valuesAreShown() {
    assertEquals("2", ok("1 + 1").result());
    assertEquals("[[1, 2], [3]]", ok("new int[][] {{1, 2}, {3}}").result());
    assertEquals("abc", ok("\"abc\"").result());
    assertNull(ok("int quiet = 3;").result());
  }

  @Test
  void classesOfCellsAreCalledWhatTheyAreCalledThere() {
    assertTrue(ok("class Plain {}\nnew Plain()").result().matches("Plain@\\p{XDigit}+"));
    assertEquals("[class Plain]", ok("List.of(Plain.class)").result());
    assertEquals("REPL.$JShell$", ok("Plain.class.getName().substring(0, 13)").result());
  }

  @Test
  void anObjectOfAnEarlierDefinitionIsExplained() {
    ok("class Changed { int v; }\nList<Changed> changed = List.of(new Changed());");
    ok("class Changed { int w; }");
    String said = error("changed.get(0).w");
    assertTrue(said.contains("of an earlier definition of Changed: make it again"), said);
  }

  @Test
  void expressionsOfAFrontEndAreEachByItself() {
    JsonObject values =
        client
            .ask(
                "execute_request",
                "{'code': 'int asked = 6;', 'silent': true, 'user_expressions':"
                    + " {'good': 'asked * 7', 'bad': 'asked.nope', 'thrown': 'asked / 0'}}")
            .content()
            .getAsJsonObject("user_expressions");
    assertEquals(
        "42",
        values.getAsJsonObject("good").getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals("CompileError", values.getAsJsonObject("bad").get("ename").getAsString());
    assertEquals(
        "java.lang.ArithmeticException",
        values.getAsJsonObject("thrown").get("ename").getAsString());
  }

  @Test
  void previewFeaturesAndResultsTravelToWorkers() {
    ok("%javac --enable-preview");
    ok("@Remote int fits(int n) { return switch (n) { case byte _ -> 1; case int _ -> 4; }; }");
    assertEquals("5", ok("fits.remote(3).get() + fits.remote(300).get()").result());
    assertEquals("20", ok("Ray.task(() -> __ * 4).remote().get()").result());
    assertEquals("[4]", ok("List.of(fits.remote(500)).stream().map(Ray::get).toList()").result());
    assertEquals("2", ok("void main() { IO.println(1); }\n\"ok\".length()").result());
  }

  @Test
  void timeComesAfterTheOutputAndBeforeTheResult() {
    Run run = ok("%%time\nSystem.out.println(\"out\");\n5");
    assertTrue(run.stream("stdout").startsWith("out\nCPU times"), run.stream("stdout"));
    assertTrue(run.stream("stdout").matches(TIMES), run.stream("stdout"));
    assertEquals("5", run.result());
    assertEquals("execute_result", run.types().getLast());
    assertTrue(ok("%time 1 + 1").stream("stdout").matches(TIMES));
  }

  @Test
  void timeIsToldOfACellThatThrows() {
    Run run = client.execute("%%time\nObject o = null;\no.hashCode()");
    assertEquals("error", run.status());
    assertTrue(run.stream("stdout").matches(TIMES), run.stream("stdout"));
  }

  @Test
  void timeitRepeats() {
    String line = ok("%timeit -n 10 -r 3 Math.sqrt(2)").stream("stdout");
    assertTrue(
        line.matches(
            "(The slowest run took .*\n)?%s ± %s per loop \\(mean ± std. dev. of 3 runs, 10 loops each\\)\n"
                .formatted(DURATION, DURATION)),
        line);
    ok("%%timeit -n 2 -r 2\nint k = 0;\nfor (int i = 0; i < 10; i++) k += i;");
    assertTrue(error("%timeit -n x 1").contains("-n=x"));
    assertTrue(error("%timeit int x = true;").startsWith("CompileError"));
  }

  @Test
  void timeitRefusesWhatDoesNotCompileAsACellDoes() {
    String name = error("%timeit undefinedName()");
    assertTrue(name.startsWith("CompileError: cannot find symbol"), name);
    assertTrue(name.contains("1 | undefinedName()\n        ^^^^"), name);
    String inCell = error("%%timeit -n 2\nint k = 1;\n  k += nope;");
    assertTrue(inCell.contains("line 3\n    3 |   k += nope;\n               ^^^^"), inCell);
    String value = error("%timeit 1 + nope");
    assertTrue(value.contains("1 | 1 + nope\n            ^^^^"), value);
    String thrown = error("int[] none = {};\n%timeit none[3]");
    assertTrue(thrown.contains("2 | %timeit none[3]"), thrown);
    assertFalse((name + inCell + thrown).contains("$loop"), name + inCell + thrown);
  }

  @Test
  void tracesQuoteTheLinesOfTheWholeCell() {
    String timed = error("%%time\nint q1 = 1;\nint q2 = q1 / 0;");
    assertTrue(timed.contains("line 3") && timed.contains("3 | int q2 = q1 / 0;"), timed);
    assertTrue(error("%%time\nint q3 = 1;\nint q4 = q3 + nope;").contains("line 3"));
    assertTrue(error("%%ray\nint q5 = 1;\n\nq5 / 0").contains("4 | q5 / 0"));
    String parts = error("int early() {\n  return 1 / 0;\n}\n%time early()");
    assertTrue(parts.contains("2 | return 1 / 0;"), parts);
    assertTrue(parts.contains("4 | %time early()"), parts);
  }

  @Test
  void streamsOfTheJdkTakeOneLine() {
    String trace = error("int[] odd = {0};\nIntStream.of(odd).map(i -> 1 / i).boxed().toList()");
    assertTrue(trace.contains("lambda in"), trace);
    assertTrue(trace.contains("frames of the JDK\n    at java.base/java.util.stream."), trace);
    assertTrue(trace.strip().endsWith("2 | IntStream.of(odd).map(i -> 1 / i).boxed().toList()"));
  }

  @Test
  void whatTasksPrintComesInFewMessagesAndAfterAThousandLinesAsANumber() {
    ok("@Remote void tells() {\n  new IllegalStateException(\"told\").printStackTrace();\n}");
    String told = ok("Ray.get(tells.remote())").stream("stderr").replaceAll("\u001b\\[\\d+m", "");
    assertTrue(
        told.matches(
            "\\(tells pid=\\d+\\) java.lang.IllegalStateException: told\n"
                + "\\(tells pid=\\d+\\) \tat tells\\(In \\[\\d+]:2\\)\n"),
        told);

    ok(
        "@Remote int chatter(int n) { for (int i = 0; i < n; i++) System.out.println(i); return n; }");
    Run run = ok("Ray.get(chatter.remote(100_000))");
    List<String> lines = run.stream("stdout").lines().toList();
    assertEquals(1_000, lines.size(), "pages are slow on more");
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).endsWith("[0m " + i), lines.get(i));
    }
    List<JsonObject> shown = new ArrayList<>(run.contents("display_data"));
    shown.addAll(run.contents("update_display_data"));
    assertTrue(
        shown.stream()
            .map(each -> each.getAsJsonObject("data").get("text/plain").getAsString())
            .anyMatch(text -> text.startsWith("... 99,000 more lines: Dashboard, Logs")),
        shown::toString);
    int messages = run.contents("stream").size();
    assertTrue(messages < 100, messages + " messages");
    ok("Ray.shutdown()");
  }

  @Test
  void bashStreamsAndFails() {
    Run run = ok("%%bash\necho one; echo two >&2");
    assertEquals("one\n", run.stream("stdout"));
    assertEquals("two\n", run.stream("stderr"));
    assertTrue(error("%%bash\nexit 3").contains("exit code 3"));
  }

  @Test
  void interruptEndsAScriptAndItsChildren() throws Exception {
    Path mark = folder.resolve("pid");
    String id = client.sendExecute("%%bash\necho $$ > " + mark + "; echo up; sleep 600");
    while (!Files.exists(mark) || Files.readString(mark).isBlank()) {
      // Each message wakes: the script prints after it has written its number.
      client.nextIopub();
    }
    Message last;
    long pid = Long.parseLong(Files.readString(mark).strip());
    client.control("interrupt_request", TestClient.json("{}"));
    client.nextControl();
    assertEquals("error", client.nextShell().content().get("status").getAsString());
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    while (!TestClient.isStatus(last = client.nextIopub(), "idle")
        || !TestClient.parent(last).equals(id)) {
      // What else is published for it is of no interest here.
    }
  }

  @Test
  void anInterruptTellsOfTheTasksThatGoOn() throws Exception {
    Path gate = folder.resolve("gate");
    ok(
        """
        @Remote int awaitGate(int n) throws Exception {
          while (!Files.exists(Path.of("%s"))) Thread.onSpinWait();
          return n;
        }\
        """
            .formatted(gate));
    String id =
        client.sendExecute(
            "var gated = List.of(awaitGate.remote(1), awaitGate.remote(2));\n"
                + "display(gated); System.out.println(\"waits\"); Ray.get(gated)");
    try {
      // It says so when both are submitted.
      client.awaitOutput(id);
      client.control("interrupt_request", TestClient.json("{}"));
      client.nextControl();
      Run run = client.awaitAmongOthers(id);
      String said = run.content().get("evalue").getAsString();
      assertTrue(
          said.endsWith(
              " was interrupted; 2 tasks that it submitted go on (%ray cancel ends them)"),
          said);
      // None of the runtime's threads, nor the one that draws, is the cell's.
      assertFalse(run.stream("stderr").contains("still runs"), run.stream("stderr"));
    } finally {
      // Also for the tests that come after it, which need the CPUs.
      Files.createFile(gate);
    }
    assertEquals("[1, 2]", ok("Ray.get(gated)").result());
  }

  @Test
  void unknownMagicsNameNearOnes() {
    assertTrue(error("%tim 1").contains("did you mean %time?"));
    assertTrue(error("%ray stats").contains("%ray status"));
    assertTrue(error("%ray init --cpus 3").contains("--cpus"));
    assertTrue(error("%%lsmagic\nx").contains("%lsmagic"));
  }

  @Test
  void magicsAreListed() {
    String list = text(ok("%lsmagic").contents("display_data").getFirst());
    for (String each :
        List.of("time", "timeit", "ray", "maven", "classpath", "load", "bash", "pager")) {
      assertTrue(list.contains("%" + each), each);
    }
    assertTrue(html(ok("%ray help").contents("display_data").getFirst()).contains("%ray tasks"));
  }

  @Test
  void tasksAreCancelledByACommand() throws Exception {
    ok("Ray.init(RayOptions.create().numCpus(2).includeDashboard(false).ignoreReinitError(true));");
    assertTrue(ok("%ray cancel").stream("stdout").contains("no task runs or waits"));
    ok(
        "@Remote int lasting(String file) throws Exception {"
            + " Files.createFile(Path.of(file)); Thread.sleep(100_000); return 1; }\n"
            + "@Remote int other() throws Exception { Thread.sleep(100_000); return 2; }\n"
            + "@Remote int spinning() { while (true) { Thread.onSpinWait(); } }");
    ok(
        "var some = IntStream.range(0, 3).mapToObj(i -> lasting.remote(\""
            + folder
            + "/\" + i)).toList();");
    ok("var more = other.remote();");
    String near = error("%ray cancel lastin");
    assertTrue(near.contains("did you mean lasting?"), near);
    assertTrue(error("%ray cancel --hard").contains("--force"));
    String words =
        client
            .ask("complete_request", "{'code': '%ray cancel o', 'cursor_pos': 13}")
            .content()
            .getAsJsonArray("matches")
            .toString();
    assertEquals("[\"other\"]", words);
    assertTrue(
        ok("%ray cancel lasting").stream("stdout").contains("cancelled 3 tasks: 3 × lasting"));
    String ended = error("Ray.get(some)");
    assertTrue(ended.startsWith("TaskCancelledException: lasting was cancelled "), ended);
    ok("Ray.wait(some, 3);");
    String shown = html(ok("some").contents("execute_result").getFirst());
    assertTrue(shown.contains("⊘") && shown.contains("3 cancelled"), shown);
    String id = ok("more.id()").result().substring(0, 8);
    assertTrue(ok("%ray cancel " + id).stream("stdout").contains("cancelled a task: 1 × other"));
    assertTrue(error("Ray.get(more)").startsWith("TaskCancelledException"));
    ok("var spins = spinning.remote();");
    assertTrue(ok("%ray cancel --force").stream("stdout").contains("are killed"));
    assertTrue(
        error("Ray.get(spins)").startsWith("TaskCancelledException: spinning was cancelled"));
  }

  @Test
  void pagerAnswersWithAPage() {
    JsonObject page =
        ok("%pager hello there").content().getAsJsonArray("payload").get(0).getAsJsonObject();
    assertEquals("page", page.get("source").getAsString());
    assertEquals("hello there", page.getAsJsonObject("data").get("text/plain").getAsString());
  }

  @Test
  void questionMarksOpenAPageOfHelp() {
    ok("/** Twice as much. */\nint doubled(int a) { return a + a; }");
    String page = ok("doubled?").content().getAsJsonArray("payload").toString();
    assertTrue(page.contains("\"page\"") && page.contains("int doubled(int a)"), page);
    assertTrue(page.contains("Twice as much.") && !page.contains("a + a"), page);
    assertTrue(
        ok("1 + 1;\n?? doubled").content().get("payload").toString().contains("return a + a;"));
    assertTrue(ok("%time?").content().get("payload").toString().contains("%time [-r]"));
    assertTrue(error("undoubled?").contains("nothing is known of undoubled"));
  }

  @Test
  void filesAreLoaded() throws Exception {
    Path file = folder.resolve("Twice.java");
    Files.writeString(file, "package some.where;\nint twice(int a) { return 2 * a; }\ntwice(21)\n");
    assertEquals("42", ok("%load " + file).result());
    assertTrue(error("%load " + folder.resolve("none")).contains("there is no such file"));
  }

  @Test
  void classPathGrows() throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/there.txt"), "found");
    ok("%classpath " + folder.resolve("lib"));
    assertTrue(ok("%classpath").stream("stdout").contains(folder.resolve("lib").toString()));
    assertTrue(error("%classpath " + folder + "/*.jar").contains("nothing matches"));
    assertTrue(error("%classpath " + folder + "/none").contains("no such file"));
  }

  @Test
  void mavenNamesWhatItCannotGet() {
    assertTrue(error("%maven not-a-coordinate").contains("not-a-coordinate"));
    assertTrue(error("%maven").contains("GROUP:ARTIFACT:VERSION"));
  }

  @Test
  void errorsShowCellAndLine() {
    String compile = error("int a = 1;\nint b = nothing;");
    assertTrue(compile.startsWith("CompileError: "), compile);
    assertTrue(compile.contains("line 2"), compile);
    assertTrue(compile.contains("^^^^^^^"), compile);
    String thrown = error("int zero = 0;\n\n1 / zero");
    assertTrue(thrown.startsWith("java.lang.ArithmeticException: / by zero"), thrown);
    assertTrue(thrown.contains("line 3") && thrown.contains("3 | 1 / zero"), thrown);
  }

  @Test
  void remoteFunctionsAreShownTimedAndListed() {
    ok(
        "@Remote int slow(int n) throws Exception { System.out.println(\"n=\" + n);"
            + " Thread.sleep(400); return n; }");
    Run live = ok("var refs = IntStream.range(0, 4).mapToObj(i -> slow.remote(i)).toList(); refs");
    assertNull(live.result(), "what still runs is a display");
    JsonObject shown = live.contents("display_data").getFirst();
    assertTrue(html(shown).contains("4 × slow"), html(shown));
    assertTrue(
        shown
            .getAsJsonObject("data")
            .get("text/plain")
            .getAsString()
            .matches("\\[ObjectRef\\([0-9a-f]{56}\\)(,\n ObjectRef\\([0-9a-f]{56}\\)){3}]"));

    Run got = ok("%%ray\nRay.get(refs)");
    assertEquals("[0, 1, 2, 3]", got.result());
    // A wait that took long has shown its line before.
    assertTrue(html(got.contents("display_data").getLast()).contains("Speed-up"));
    Run last = ok("%ray");
    assertTrue(html(last.contents("display_data").getFirst()).contains("Waiting"));

    Run finished = ok("refs");
    assertTrue(finished.result().startsWith("[ObjectRef("), "what is final is a result");
    assertTrue(html(finished.contents("execute_result").getFirst()).contains("4 finished"));

    assertTrue(html(ok("%ray tasks").contents("display_data").getFirst()).contains("attempts"));
    assertTrue(ok("Ray.clusterResources()").result().startsWith("{CPU="));
    assertTrue(ok("%ray resources").result().startsWith("{CPU="));
    assertTrue(html(ok("%ray status").contents("display_data").getFirst()).contains("Session"));
    assertTrue(
        ok("Ray.display(false); refs")
                .contents("execute_result")
                .getFirst()
                .getAsJsonObject("data")
                .get("text/html")
            == null);
    ok("Ray.display(true);");

    String failed = error("@Remote int bad(int n) {\n  return 1 / n;\n}\nRay.get(bad.remote(0))");
    assertTrue(failed.startsWith("RayTaskException: bad failed on worker"), failed);
    assertTrue(failed.contains("Caused by: java.lang.ArithmeticException: / by zero"), failed);
    assertTrue(failed.contains("line 2"), failed);
    assertTrue(failed.lines().count() <= 16, failed);
    assertTrue(ok("%ray shutdown").stream("stdout").contains("stopped"));
    assertTrue(ok("%ray status").stream("stdout").contains("not running"));
  }

  @Test
  void theContextIsShownAsStoppedAfterTheSession() {
    // Whatever another test has left.
    ok("Ray.shutdown()");
    Run begun = ok("Ray.init(RayOptions.create().numCpus(1))");
    JsonObject shown = begun.contents("display_data").getFirst();
    assertTrue(html(shown).contains("Ray is running"), html(shown));
    assertTrue(ok("1 + 1").contents("update_display_data").isEmpty(), "nothing has changed");
    JsonObject stopped = ok("Ray.shutdown()").contents("update_display_data").getLast();
    assertTrue(html(stopped).contains("Ray is stopped"), html(stopped));
    assertEquals(shown.get("transient"), stopped.get("transient"), "in the same place");
  }

  @Test
  void helpWhileTyping() {
    assertTrue(
        client
            .ask("complete_request", "{'code': '%tim', 'cursor_pos': 4}")
            .content()
            .getAsJsonArray("matches")
            .toString()
            .contains("timeit"));
    assertTrue(
        client
            .ask("complete_request", "{'code': '%ray st', 'cursor_pos': 7}")
            .content()
            .getAsJsonArray("matches")
            .toString()
            .contains("status"));
    assertTrue(
        client
            .ask("inspect_request", "{'code': '%maven x', 'cursor_pos': 4, 'detail_level': 0}")
            .content()
            .toString()
            .contains("GROUP:ARTIFACT:VERSION"));
    assertEquals(
        "complete",
        client
            .ask("is_complete_request", "{'code': '%lsmagic'}")
            .content()
            .get("status")
            .getAsString());
    assertEquals(
        "incomplete",
        client
            .ask("is_complete_request", "{'code': '%%time'}")
            .content()
            .get("status")
            .getAsString());
  }
}
