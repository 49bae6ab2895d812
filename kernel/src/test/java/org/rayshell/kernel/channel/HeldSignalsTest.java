package org.rayshell.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What a socket sends to a peer that is no ZeroMQ's, which has its own ways of being late. */
class HeldSignalsTest {
  private static final int TIMEOUT_MS = 20_000;

  private final ZContext context = new ZContext(1);
  private ZMQ.Socket here;
  private Socket there;
  private byte[] peer;
  private HeldSignals signals;

  @BeforeEach
  void connect() throws IOException {
    here = context.createSocket(SocketType.STREAM);
    here.setReceiveTimeOut(TIMEOUT_MS);
    assertTrue(here.bind("tcp://127.0.0.1:*"));
    int port = URI.create(here.getLastEndpoint()).getPort();
    there = new Socket(InetAddress.getByName("127.0.0.1"), port);
    there.setSoTimeout(TIMEOUT_MS);
    // A stream socket tells of a connection by its identity and an empty frame.
    peer = here.recv();
    assertEquals("", here.recvStr());
    signals = HeldSignals.of(context);
  }

  @AfterEach
  void close() throws IOException {
    signals.end();
    there.close();
    context.close();
  }

  private void send(String text) {
    here.send(peer, ZMQ.SNDMORE);
    here.send(text);
  }

  private String read(int length) throws IOException {
    return new String(there.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  @Test
  void theInsideOfThisJeromqIsKnown() {
    assertEquals(1, signals.size());
  }

  @Test
  void whatIsHeldArrivesInOrderWhenItIsReleased() throws IOException {
    signals.hold();
    for (int round = 10; round < 100; round++) {
      send("a" + round);
      send("b" + round);
      signals.release();
      assertEquals("a" + round + "b" + round, read(6));
    }
  }

  @Test
  void whatOtherThreadsSendIsNotHeld() throws Exception {
    signals.hold();
    Thread other = Thread.ofPlatform().start(() -> send("elsewhere"));
    other.join();
    assertEquals("elsewhere", read(9));
  }

  @Test
  void afterTheEndNothingIsHeld() throws IOException {
    signals.hold();
    send("held");
    signals.end();
    assertEquals("held", read(4));
    send("not held");
    assertEquals("not held", read(8));
  }
}
