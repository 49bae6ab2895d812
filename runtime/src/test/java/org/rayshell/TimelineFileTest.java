package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.TaskEvent;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.testing.NothingLeft;

/** What a session's tasks did, as events, as a trace and in Flight Recorder. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class TimelineFileTest {
  @TempDir Path folder;

  /** In the worker. */
  private static Recording recording;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(1).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static int parent(int n) {
    return Ray.task(TimelineFileTest::twice, n).options(o -> o.name("child")).remote().get() + 1;
  }

  private static int twice(int n) {
    return 2 * n;
  }

  private static int fails() {
    throw new IllegalStateException("no luck");
  }

  private static int diesOnce(Path mark) throws IOException {
    if (Files.notExists(mark)) {
      Files.createFile(mark);
      Runtime.getRuntime().halt(9);
    }
    return 5;
  }

  private static List<TaskEvent> events(String function) {
    return Runtimes.view().orElseThrow().taskEvents().stream()
        .filter(event -> event.function().equals(function))
        .toList();
  }

  private List<JsonObject> trace(String function, String phase) throws IOException {
    Path file = folder.resolve("trace.json");
    Ray.timeline(file);
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".part")));
    }
    return StreamSupport.stream(
            JsonParser.parseString(Files.readString(file))
                .getAsJsonObject()
                .getAsJsonArray("traceEvents")
                .spliterator(),
            false)
        .map(JsonElement::getAsJsonObject)
        .filter(e -> e.get("ph").getAsString().equals(phase))
        .filter(e -> e.get("name").getAsString().equals(function))
        .toList();
  }

  @Test
  void everyStateHasItsTimeAndTheLastOneTheSums() {
    ObjectRef<Integer> ref =
        Ray.task(TimelineFileTest::twice, 4).options(o -> o.name("states")).remote();
    assertEquals(8, ref.get());
    List<TaskEvent> events = events("states");
    assertEquals(TaskState.FINISHED, events.getLast().state());
    assertTrue(events.size() >= 3, events::toString);
    for (int i = 1; i < events.size(); i++) {
      assertTrue(events.get(i).at() >= events.get(0).submitted(), events::toString);
    }
    TaskEvent last = events.getLast();
    assertTrue(last.workerPid() != 0 && last.started() != 0, last::toString);
    assertTrue(last.wallNs() > 0 && last.cpuNs() > 0, last::toString);
    assertTrue(last.argBytes() > 0 && last.resultBytes() > 0, last::toString);
  }

  @Test
  void theTraceHasABarForEachTryAndAnArrowToEachChild() throws IOException {
    assertEquals(15, Ray.task(TimelineFileTest::parent, 7).remote().get());
    assertThrows(
        RayTaskException.class,
        Ray.task(TimelineFileTest::fails).options(o -> o.name("fails")).remote()::get);
    JsonObject child = trace("child", "X").getFirst();
    assertEquals("FINISHED", child.getAsJsonObject("args").get("state").getAsString());
    assertTrue(child.get("dur").getAsDouble() > 0);
    assertEquals(child.get("pid"), trace("submits", "f").getLast().get("pid"));
    JsonObject failed = trace("fails", "X").getFirst();
    assertEquals("FAILED", failed.getAsJsonObject("args").get("state").getAsString());
    assertTrue(failed.getAsJsonObject("args").get("error").getAsString().contains("no luck"));
    assertEquals(trace("child waits", "b").size(), trace("child waits", "e").size());
  }

  @Test
  void aTryThatDiedIsThereBesideTheNext() throws IOException {
    String mark = folder.resolve("mark").toString();
    ObjectRef<Integer> ref =
        Ray.task((String m) -> diesOnce(Path.of(m)), mark).options(o -> o.name("dies")).remote();
    assertEquals(5, ref.get());
    assertEquals(List.of(1, 2), events("dies").stream().map(e -> e.attempt()).distinct().toList());
    JsonObject last = trace("dies", "X").getLast();
    assertEquals(2, last.getAsJsonObject("args").get("attempt").getAsInt());
  }

  @Test
  void aFileThatCannotBeWrittenAndATaskAreRefused() {
    Path nowhere = folder.resolve("none").resolve("trace.json");
    String message = assertThrows(RayException.class, () -> Ray.timeline(nowhere)).getMessage();
    assertTrue(message.contains("file=" + nowhere), message);
    ObjectRef<Void> ref = Ray.task(() -> Ray.timeline(Path.of("trace.json"))).remote();
    assertTrue(assertThrows(RayTaskException.class, ref::get).getMessage().contains("driver"));
  }

  private static void record() {
    recording = new Recording();
    recording.enable("org.rayshell.TaskRun");
    recording.start();
  }

  private static String recorded() throws IOException {
    Path file = Files.createTempFile("rayshell-test", ".jfr");
    try (Recording all = recording) {
      all.stop();
      all.dump(file);
      Map<String, String> runs = new TreeMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        runs.put(event.getString("function"), "" + event.getString("error"));
      }
      return runs.toString();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void flightRecorderSeesStatesInTheDriverAndRunsInTheWorker() throws IOException {
    Path file = folder.resolve("states.jfr");
    try (Recording states = new Recording()) {
      states.enable("org.rayshell.TaskState");
      states.start();
      Ray.task(TimelineFileTest::record).options(o -> o.name("record")).remote().get();
      Ray.task(TimelineFileTest::twice, 1).options(o -> o.name("seen")).remote().get();
      assertThrows(
          RayTaskException.class,
          Ray.task(TimelineFileTest::fails).options(o -> o.name("seenToFail")).remote()::get);
      assertEquals(
          "{seen=null, seenToFail=IllegalStateException: no luck}",
          Ray.task(TimelineFileTest::recorded).remote().get());
      states.stop();
      states.dump(file);
    }
    List<RecordedEvent> seen =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getString("function").equals("seen"))
            .toList();
    assertEquals("FINISHED", seen.getLast().getString("state"));
    assertTrue(seen.getLast().getLong("cpu") > 0);
    assertTrue(seen.size() >= 3, seen::toString);
  }

  @Test
  void aPictureHasALaneForEachWorkerAndABarForEachTry() throws Exception {
    Ray.task(TimelineFileTest::twice, 3).options(o -> o.name("<twice>")).remote().get();
    ObjectRef<Integer> failed = Ray.task(TimelineFileTest::fails).remote();
    assertThrows(RayTaskException.class, failed::get);
    Path file = folder.resolve("lanes.svg");
    Ray.timeline(file);
    String svg = Files.readString(file);
    var picture =
        javax.xml.parsers.DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(file.toFile());
    assertEquals("svg", picture.getDocumentElement().getNodeName());
    assertTrue(svg.contains("&lt;twice&gt;"), svg);
    assertTrue(svg.contains("class=\"f\""), svg);
    assertTrue(svg.contains("prefers-color-scheme"), svg);
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(each -> each.toString().endsWith(".part")));
    }
  }
}
