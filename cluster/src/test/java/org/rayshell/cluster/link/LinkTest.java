package org.rayshell.cluster.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.RayException;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.TaskUpdate;

/** Both ends of a link, with a socket between. */
class LinkTest {
  private static final String NODE = "a1b2";
  private static final ObjectId TASK = new ObjectId(7, 1, 1);
  private static final long PID = ProcessHandle.current().pid();

  /** What the gateway's end has heard, in order. */
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  /** What the worker's end has heard of slots, in order. */
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private final BlockingQueue<SlotLink> slots = new LinkedBlockingQueue<>();
  private LinkServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new LinkServer("127.0.0.1", new Ears());
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private GatewayLink connect() throws IOException {
    return GatewayLink.connect(server.address(), NODE, "10.0.0.5", new WorkersEars());
  }

  @Test
  void whatAWorkerTellsComesInItsOrder() throws Exception {
    GatewayLink link = connect();
    link.started(TASK, 2, 5);
    link.line(TASK, "In [1]", "f", false, "hello");
    link.line(TASK, null, "f", true, "ünï");
    link.ended(new TaskEnd(TASK, 2, null, 5, 6, 7, false, 3), new byte[] {1, 2, 3});
    assertEquals("started 7 2 10.0.0.5 5", heard.take());
    String lines = "";
    while (!lines.contains("ünï")) {
      lines += heard.take();
    }
    assertEquals("In [1] f false hello|null f true ünï|", lines);
    assertEquals("ended 7 2 null 3 bytes", heard.take());
    assertEquals(List.of(PID), server.workers().stream().map(each -> each.pid()).toList());
  }

  @Test
  void codeAndJarsAreHadByAsking(@TempDir Path folder) throws Exception {
    GatewayLink link = connect();
    assertArrayEquals(new byte[] {4, 2}, link.export("known"));
    assertNull(link.export("unknown"));
    Path jar = Files.write(folder.resolve("a.jar"), new byte[] {5, 6});
    assertArrayEquals(new byte[] {5, 6}, link.file(jar.toString()));
    assertNull(link.file(folder.resolve("missing.jar").toString()));
    Path secret = Files.write(folder.resolve("key.pem"), new byte[] {1});
    assertNull(link.file(secret.toString()));
    assertEquals(Map.of("CPU", 4.0), link.state().total());
  }

  @Test
  void whoIsCancelledHearsOfIt() throws Exception {
    GatewayLink first = connect();
    first.started(TASK, 1, 5);
    heard.take();
    server.cancel(TASK, true);
    assertEquals("7 true", cancelled.take());
    // Who comes later hears of it, too, until the task has ended.
    GatewayLink later = connect();
    assertEquals("7 true", cancelled.take());
    later.ended(new TaskEnd(TASK, 1, "cancelled", 0, 6, 0, false, 0), null);
    heard.take();
    later.cancel(new ObjectId(8, 1, 1), false);
    assertEquals(List.of("8 false", "8 false"), List.of(cancelled.take(), cancelled.take()));
  }

  @Test
  void whatRanOnANodeThatHasEndedIsLost() throws Exception {
    GatewayLink link = connect();
    link.started(TASK, 2, 5);
    heard.take();
    server.nodeEnded("another");
    assertEquals(1, server.workers().size());
    server.nodeEnded(NODE);
    assertEquals("lost 7 2 true", heard.take());
    assertEquals(List.of(), server.workers());
  }

  @Test
  void whoDoesNotKnowTheSecretIsDropped() throws Exception {
    LinkAddress wrong =
        new LinkAddress("127.0.0.1", server.address().port(), new byte[LinkServer.SECRET_BYTES]);
    GatewayLink stranger = GatewayLink.connect(wrong, NODE, "10.0.0.5", new WorkersEars());
    assertThrows(RayException.class, () -> stranger.export("known"));
    assertEquals(List.of(), server.workers());
    // Others are let in as before.
    assertArrayEquals(new byte[] {4, 2}, connect().export("known"));
  }

  @Test
  void slotsAreSentCallsAndSendThemBack() throws Exception {
    GatewayLink link = connect();
    ObjectId slot = new ObjectId(5, 1, 1);
    link.ready(slot);
    assertEquals("ready 5", heard.take());
    SlotLink way = slots.take();
    way.calls(List.of(new byte[] {1}, new byte[] {2, 3}));
    assertEquals("calls 5 [1] [2, 3]", said.take());
    way.keep(TASK);
    assertEquals("keep 7", said.take());
    link.kept(TASK);
    assertEquals("kept 7", heard.take());
    link.returned(slot, List.of(new ObjectId(8, 1, 1), new ObjectId(9, 1, 1)));
    assertEquals("returned 5 8 9", heard.take());
    way.close();
    assertEquals("close 5", said.take());
    link.ready(new ObjectId(6, 1, 1));
    assertEquals("ready 6", heard.take());
    server.nodeEnded(NODE);
    assertEquals("lost", said.take());
    assertEquals("lost slot 6 true", heard.take());
    // Its worker is gone.
    way.calls(List.of(new byte[0]));
  }

  private final class WorkersEars implements GatewayLink.Listener {
    @Override
    public void cancelled(ObjectId task, boolean force) {
      cancelled.add(task.unique() + " " + force);
    }

    @Override
    public void calls(ObjectId slot, List<byte[]> calls) {
      String texts = calls.stream().map(Arrays::toString).collect(Collectors.joining(" "));
      said.add("calls " + slot.unique() + " " + texts);
    }

    @Override
    public void close(ObjectId slot) {
      said.add("close " + slot.unique());
    }

    @Override
    public void keep(ObjectId task) {
      said.add("keep " + task.unique());
    }

    @Override
    public void lost() {
      said.add("lost");
    }
  }

  private final class Ears implements LinkServer.Listener {
    @Override
    public void started(ObjectId task, int attempt, long pid, String node, long at) {
      heard.add("started " + task.unique() + " " + attempt + " " + node + " " + at);
    }

    @Override
    public void printed(long pid, String node, List<Message.TaskOutput.Line> lines) {
      StringBuilder text = new StringBuilder();
      for (Message.TaskOutput.Line line : lines) {
        text.append(line.cell() + " " + line.function() + " " + line.stderr() + " " + line.text());
        text.append('|');
      }
      heard.add(text.toString());
    }

    @Override
    public void ended(TaskEnd end, byte[] result) {
      heard.add(
          "ended "
              + end.task().unique()
              + " "
              + end.attempt()
              + " "
              + end.error()
              + " "
              + (result == null ? "no" : result.length)
              + " bytes");
    }

    @Override
    public void changed(TaskUpdate task) {
      heard.add("changed " + task);
    }

    @Override
    public void exported(String hash, byte[] bytes) {
      heard.add("exported " + hash);
    }

    @Override
    public byte[] export(String hash) {
      return hash.equals("known") ? new byte[] {4, 2} : null;
    }

    @Override
    public GatewayLink.State state() {
      return new GatewayLink.State(Map.of("CPU", 4.0), Map.of(), List.of());
    }

    @Override
    public void ready(ObjectId slot, SlotLink link) {
      slots.add(link);
      heard.add("ready " + slot.unique());
    }

    @Override
    public void returned(ObjectId slot, List<ObjectId> tasks) {
      String texts = tasks.stream().map(task -> " " + task.unique()).collect(Collectors.joining());
      heard.add("returned " + slot.unique() + texts);
    }

    @Override
    public void kept(ObjectId task) {
      heard.add("kept " + task.unique());
    }

    @Override
    public void lost(Map<ObjectId, Integer> tasks, ObjectId slot, boolean withNode) {
      tasks.forEach(
          (task, attempt) -> heard.add("lost " + task.unique() + " " + attempt + " " + withNode));
      if (slot != null) {
        heard.add("lost slot " + slot.unique() + " " + withNode);
      }
    }
  }
}
