package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.wire.Message;

/** What cells show of refs, as messages, with real workers. */
class RefsInCellsTest extends JavaKernelTest {
  private static final String REF = "ObjectRef\\([0-9a-f]{56}\\)";
  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    ok("@Remote int plus(int n) { return n + 1; }");
    ok(
        "@Remote int gated(String gate) throws Exception {"
            + " while (!Files.exists(Path.of(gate))) Thread.sleep(5); return 7; }");
    init();
  }

  private static String id(JsonObject content) {
    return content.getAsJsonObject("transient").get("display_id").getAsString();
  }

  /** The display that is updated next and says this. */
  private static JsonObject updateThatSays(String words) {
    while (true) {
      Message next = client.nextIopub();
      if (next.header().type().equals("update_display_data")
          && html(next.content()).contains(words)) {
        return next.content();
      }
    }
  }

  private String gate() {
    return folder.resolve("gate").toString();
  }

  @Test
  void whatIsDoneIsAResultAndIsShownOnce() {
    Run run = ok("var done = List.of(plus.remote(4), plus.remote(5)); Ray.wait(done, 2); done");
    assertEquals(List.of(), run.contents("display_data"));
    assertEquals(1, run.contents("execute_result").size());
    JsonObject shown = run.contents("execute_result").getFirst();
    assertTrue(html(shown).contains("2 finished"), html(shown));
    assertTrue(html(shown).contains("int 6"), html(shown));
    assertTrue(text(shown).matches("\\[" + REF + ", " + REF + "]"), text(shown));
  }

  @Test
  void whatIsNotDoneIsADisplayThatIsUpdatedUntilItIs() throws Exception {
    Run run = ok("var open = List.of(plus.remote(1), gated.remote(\"" + gate() + "\")); open");
    assertEquals(List.of(), run.contents("execute_result"), "JupyterLab does not update those");
    JsonObject first = run.contents("display_data").getFirst();
    assertTrue(html(first).contains("as of "), html(first));
    assertFalse(html(first).contains("<details"), html(first));
    JsonObject again = ok("open").contents("display_data").getFirst();
    assertEquals(id(first), id(again), "the same list has the same display");
    Files.createFile(folder.resolve("gate"));
    JsonObject last = updateThatSays("2 finished");
    assertEquals(id(first), id(last));
    assertEquals(text(first), text(last));
    assertTrue(html(last).contains("finished "), html(last));
  }

  @Test
  void theStateAtTheEndOfACellIsPublishedBeforeItsIdle() throws Exception {
    String cell =
        "var waited = gated.remote(\"%s\"); display(waited);\n".formatted(gate())
            + "Files.createFile(Path.of(\"%s\")); Ray.get(waited)".formatted(gate());
    Run run = ok(cell);
    assertEquals("7", run.result());
    List<JsonObject> updates = run.contents("update_display_data");
    assertTrue(html(updates.getLast()).contains("finished"), html(updates.getLast()));
    assertEquals(id(run.contents("display_data").getFirst()), id(updates.getLast()));
  }

  @Test
  void aStreamOfRefsIsRunToShowItAndAVariableIsNot() {
    Run shown = ok("IntStream.range(0, 3).mapToObj(plus::remote)");
    assertTrue(html(shown.contents("execute_result").getFirst()).contains("3 × plus"));
    ok("var later = IntStream.range(0, 2).mapToObj(n -> plus.remote(n));");
    assertTrue(ok("later").result().startsWith("java.util.stream."));
    assertEquals("[1, 2]", ok("Ray.get(later.toList())").result());
    assertTrue(ok("IntStream.range(0, 3).mapToObj(n -> n + 1)").result().startsWith("java.util."));
    assertEquals(
        "[1, 2]",
        ok("Stream.of(1, 2).map(plus::remote).map(Ray::get).map(n -> n - 1).toList()").result());
  }

  @Test
  void aGeneratorIsShownWithoutTakingItsItems() {
    ok("@Remote Stream<Integer> counted(int n) { return Stream.iterate(1, i -> i + 1).limit(n); }");
    ok("var three = counted.remoteStream(3); Ray.get(three.completed());");
    JsonObject shown = ok("three").contents("execute_result").getFirst();
    assertTrue(html(shown).contains("3 items"), html(shown));
    assertTrue(text(shown).matches("ObjectRefGenerator\\([0-9a-f]{56}\\)"), text(shown));
    assertEquals("1", ok("three.next().get()").result());
  }

  @Test
  void whatBecameOfRefsIsTold() {
    ok("var gone = plus.remote(1); gone.get(); Ray.free(List.of(gone));");
    JsonObject freed = ok("gone").contents("execute_result").getFirst();
    assertTrue(html(freed).contains("freed"), html(freed));
    ok("var dropped = gated.remote(\"%s\"); Ray.cancel(dropped);".formatted(gate()));
    ok("try { dropped.get(); } catch (TaskCancelledException e) {}");
    assertTrue(html(ok("dropped").contents("execute_result").getFirst()).contains("cancelled"));
    ok(
        "var slow = Ray.task(() -> { Thread.sleep(60_000); return 1; }).options(o -> o.timeout(Duration.ofMillis(20))).remote();");
    ok("try { slow.get(); } catch (TaskTimeoutException e) {}");
    String late = html(ok("slow").contents("execute_result").getFirst());
    assertTrue(late.contains("failed") && late.contains("ran longer than it may"), late);
    JsonObject put = ok("Ray.put(\"<b>bold</b>\")").contents("execute_result").getFirst();
    assertTrue(html(put).contains("stored"), html(put));
    assertTrue(html(put).contains("&lt;b&gt;bold"), html(put));
  }

  @Test
  void aValueWhoseWorkerDiedIsLost() {
    ok("@Remote(maxRetries = 0) long[] heavy() { return new long[50_000]; }");
    ok("var kept = heavy.remote(); Ray.wait(List.of(kept), 1, null, false);");
    JsonObject there = ok("kept").contents("execute_result").getFirst();
    assertTrue(html(there).contains("400 kB"), html(there));
    ok("ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);");
    ok("try { kept.get(); } catch (ObjectLostException e) {}");
    JsonObject lost = ok("kept").contents("execute_result").getFirst();
    assertTrue(html(lost).contains("its worker died, no try is left"), html(lost));
  }

  @Test
  void plainTextAloneIfThatIsWanted() {
    ok("Ray.display(false);");
    try {
      JsonObject shown = ok("List.of(plus.remote(1))").contents("execute_result").getFirst();
      assertFalse(shown.getAsJsonObject("data").has("text/html"), shown::toString);
      assertTrue(text(shown).matches("\\[" + REF + "]"), text(shown));
      assertTrue(ok("Ray.clusterResources()").result().startsWith("{CPU=2.0, "));
    } finally {
      ok("Ray.display(true);");
    }
  }

  @Test
  void tenThousandTasksAreShownInFewAndSmallMessages() {
    long began = System.nanoTime();
    Run run =
        ok(
            "var many = IntStream.range(0, 10_000).mapToObj(plus::remote).toList();\n"
                + "display(many); Ray.get(many).size()");
    double seconds = (System.nanoTime() - began) / 1e9;
    List<JsonObject> shown = new ArrayList<>(run.contents("display_data"));
    shown.addAll(run.contents("update_display_data"));
    assertTrue(html(shown.getLast()).contains("10,000 finished"), html(shown.getLast()));
    assertTrue(shown.size() <= 4 * seconds + 2, shown.size() + " messages in " + seconds + " s");
    for (JsonObject each : shown) {
      assertTrue(html(each).length() < 40_000, html(each).length() + " characters");
      assertTrue(text(each).endsWith("... 9950 more]"), text(each));
    }
  }

  @Test
  void refsOfAnEndedSessionSayWhatBecameOfThem() throws Exception {
    ok("var left = List.of(plus.remote(1), gated.remote(\"" + gate() + "\")); left.get(0).get();");
    Run ended = ok("display(left); Ray.shutdown()");
    String last = html(ended.contents("update_display_data").getLast());
    assertTrue(last.contains("1 not finished when Ray stopped"), last);
    JsonObject again = ok("left").contents("execute_result").getFirst();
    assertTrue(html(again).contains("1 not finished when Ray stopped"), html(again));
    init();
    String later = html(ok("left").contents("execute_result").getFirst());
    assertTrue(later.contains("1 not finished when Ray stopped"), later);
  }

  private static void init() {
    ok("Ray.init(RayOptions.create().numCpus(2).dashboardPort(0));");
    ok("Ray.get(List.of(plus.remote(1), plus.remote(2)))");
  }
}
