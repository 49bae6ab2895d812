package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who connects without belonging there gets nothing, and holds nobody up. */
@Timeout(60)
class StrangerTest {
  private static final byte[] SECRET = new byte[32];
  private static final long SHORT_NS = 50_000_000L;
  private static final long NEVER_NS = 3_600_000_000_000L;

  @TempDir Path folder;
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private IoLoop driver;

  @BeforeEach
  void makeSecret() {
    Arrays.fill(SECRET, (byte) 7);
  }

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.stop();
    }
  }

  private void driver(long patienceNs) throws IOException {
    driver = new IoLoop("test-driver", _ -> {});
    Peers peers =
        new Peers(
            driver,
            folder,
            "driver",
            SECRET,
            new Peers.Listener() {
              @Override
              public void met(String name, long pid) {
                events.add("met " + name);
              }

              @Override
              public void received(String name, Connection from, Message message) {
                events.add("from " + name);
                from.send(message);
              }

              @Override
              public void lost(String name) {
                events.add("lost " + name);
              }
            },
            patienceNs);
    driver.listen(Peers.socket(folder, "driver"), peers);
    driver.start();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(Peers.socket(folder, "driver")));
  }

  private String event() throws InterruptedException {
    String event = events.poll(30, TimeUnit.SECONDS);
    assertNotNull(event, "nothing came");
    return event;
  }

  private static byte[] hello(String name) {
    return FrameTest.frame(new Message.Hello(Frame.VERSION, SECRET, name, 4242));
  }

  private static void send(SocketChannel channel, byte[] bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes));
  }

  /** Waits for the end; not a byte may come before it. */
  private static void awaitEnd(SocketChannel channel) {
    try {
      assertEquals(-1, channel.read(ByteBuffer.allocate(10)));
    } catch (IOException _) {
      // Reset, since not all that was sent was read.
    }
  }

  /** A peer that belongs here is served, whoever else is there. */
  private void servesAPeer(String name) throws Exception {
    try (SocketChannel peer = connect()) {
      send(peer, hello(name));
      assertEquals("met " + name, event());
      byte[] question = FrameTest.frame(new Message.Blocked(3));
      send(peer, question);
      assertEquals("from " + name, event());
      ByteBuffer answer = ByteBuffer.allocate(question.length);
      while (answer.hasRemaining()) {
        assertTrue(peer.read(answer) > 0);
      }
      assertEquals(ByteBuffer.wrap(question), answer.flip());
    }
    assertEquals("lost " + name, event());
  }

  @Test
  void onlyTheUserMayOpenTheSocket() throws Exception {
    driver(NEVER_NS);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(Peers.socket(folder, "driver"))));
  }

  static List<byte[]> wrongBeginnings() {
    byte[] other = SECRET.clone();
    other[31]++;
    return List.of(
        FrameTest.frame(new Message.Hello(Frame.VERSION, other, "w1", 1)),
        FrameTest.frame(new Message.Hello(Frame.VERSION, new byte[0], "w1", 1)),
        FrameTest.frame(new Message.Hello(Frame.VERSION, Arrays.copyOf(SECRET, 31), "w1", 1)),
        FrameTest.frame(new Message.Hello(Frame.VERSION, Arrays.copyOf(SECRET, 33), "w1", 1)),
        FrameTest.frame(new Message.Hello(Frame.VERSION + 1, SECRET, "w1", 1)),
        hello("driver"),
        hello(""),
        hello("../w1"),
        hello("w1/../../w2"),
        hello("w" + "1".repeat(300)),
        hello("w" + "1".repeat(600)),
        FrameTest.frame(new Message.Blocked(1)),
        FrameTest.frame(new Message.ResourcesRequest(1)),
        "GET / HTTP/1.1\r\n\r\n".getBytes(),
        new byte[] {0, 0, 0, 0},
        new byte[] {-1, -1, -1, -1});
  }

  @Test
  void whoBeginsWronglyIsDroppedWithoutAnAnswer() throws Exception {
    driver(NEVER_NS);
    for (byte[] beginning : wrongBeginnings()) {
      try (SocketChannel stranger = connect()) {
        send(stranger, beginning);
        awaitEnd(stranger);
      }
    }
    servesAPeer("w1");
    assertTrue(events.isEmpty(), events::toString);
  }

  @Test
  void whoSaysNothingIsDroppedAfterAWhileAndHoldsNobodyUp() throws Exception {
    driver(NEVER_NS);
    try (SocketChannel _ = connect()) {
      servesAPeer("w1");
    }
    stop();
    Files.delete(Peers.socket(folder, "driver"));
    driver(SHORT_NS);
    try (SocketChannel stranger = connect();
        SocketChannel another = connect()) {
      awaitEnd(stranger);
      awaitEnd(another);
    }
    servesAPeer("w2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 30, 59})
  void whoStopsInTheMiddleOfTheHandshakeIsDropped(int bytes) throws Exception {
    driver(SHORT_NS);
    try (SocketChannel stranger = connect()) {
      send(stranger, Arrays.copyOf(hello("w1"), bytes));
      awaitEnd(stranger);
    }
    servesAPeer("w1");
    assertTrue(events.isEmpty(), events::toString);
  }

  @Test
  void whoMayStayIsNotDroppedAfterTheTimeForTheHandshake() throws Exception {
    driver(SHORT_NS);
    try (SocketChannel peer = connect()) {
      send(peer, hello("w1"));
      assertEquals("met w1", event());
      try (SocketChannel stranger = connect()) {
        // Its time began later: when it is over, so is the peer's.
        awaitEnd(stranger);
      }
      send(peer, FrameTest.frame(new Message.Blocked(1)));
      assertEquals("from w1", event());
    }
    assertEquals("lost w1", event());
  }

  @Test
  void aPeerThatDiesDuringTheHandshakeIsNeverMet() throws Exception {
    driver(NEVER_NS);
    byte[] hello = hello("w1");
    for (int bytes = 0; bytes < hello.length; bytes++) {
      try (SocketChannel peer = connect()) {
        send(peer, Arrays.copyOf(hello, bytes));
      }
    }
    servesAPeer("w2");
    try (SocketChannel peer = connect()) {
      send(peer, hello);
    }
    assertEquals("met w1", event());
    assertEquals("lost w1", event());
    assertTrue(events.isEmpty(), events::toString);
  }

  @Test
  void manyStrangersHoldNobodyUpAndOnlyTheLatestStay() throws Exception {
    driver(NEVER_NS);
    List<SocketChannel> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 5 * Strangers.MOST; i++) {
        strangers.add(connect());
      }
      servesAPeer("w1");
      for (SocketChannel early : strangers.subList(0, 4 * Strangers.MOST)) {
        awaitEnd(early);
      }
      servesAPeer("w2");
    } finally {
      for (SocketChannel stranger : strangers) {
        stranger.close();
      }
    }
    servesAPeer("w3");
  }

  @Test
  void twoConnectionsOfOnePeerAreServedAndTheEndOfEachIsTold() throws Exception {
    driver(NEVER_NS);
    try (SocketChannel first = connect();
        SocketChannel second = connect()) {
      // Two of the same name are one process that both sides connected to at once.
      send(first, hello("w1"));
      assertEquals("met w1", event());
      send(second, hello("w1"));
      assertEquals("met w1", event());
      send(second, FrameTest.frame(new Message.Blocked(1)));
      assertEquals("from w1", event());
    }
    // What was under way on either is lost with it.
    assertEquals("lost w1", event());
    assertEquals("lost w1", event());
    assertTrue(events.isEmpty(), events::toString);
  }
}
