package org.rayshell.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class HeldSignalsTest {
  private static final int TIMEOUT_MS = 20_000;

  private static ZMQ.Socket bound(ZContext context) {
    ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
    assertTrue(socket.bind("tcp://127.0.0.1:*"));
    return socket;
  }

  /** The other end of the socket, once the two are connected. */
  private static ZMQ.Socket connected(ZContext context, ZMQ.Socket to) {
    ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
    socket.setReceiveTimeOut(TIMEOUT_MS);
    to.setReceiveTimeOut(TIMEOUT_MS);
    assertTrue(socket.connect(to.getLastEndpoint()));
    socket.send("hello");
    assertEquals("hello", to.recvStr());
    return socket;
  }

  @Test
  void theInsideOfThisJeromqIsKnown() {
    try (ZContext context = new ZContext(1)) {
      bound(context);
      assertEquals(1, HeldSignals.of(context).size());
    }
  }

  @Test
  void whatIsHeldArrivesInOrderWhenItIsReleased() {
    try (ZContext near = new ZContext(1);
        ZContext far = new ZContext(1)) {
      ZMQ.Socket here = bound(near);
      ZMQ.Socket there = connected(far, here);
      HeldSignals signals = HeldSignals.of(near);
      signals.hold();
      try {
        for (int round = 0; round < 100; round++) {
          here.send("a" + round);
          here.send("b" + round);
          signals.release();
          assertEquals("a" + round, there.recvStr());
          assertEquals("b" + round, there.recvStr());
        }
      } finally {
        signals.end();
      }
    }
  }

  @Test
  void whatOtherThreadsSendIsNotHeld() throws InterruptedException {
    try (ZContext near = new ZContext(1);
        ZContext far = new ZContext(1)) {
      ZMQ.Socket here = bound(near);
      ZMQ.Socket there = connected(far, here);
      HeldSignals signals = HeldSignals.of(near);
      signals.hold();
      Thread other = Thread.ofPlatform().start(() -> here.send("from elsewhere"));
      other.join();
      assertEquals("from elsewhere", there.recvStr());
      signals.end();
    }
  }

  @Test
  void afterTheEndNothingIsHeld() {
    try (ZContext near = new ZContext(1);
        ZContext far = new ZContext(1)) {
      ZMQ.Socket here = bound(near);
      ZMQ.Socket there = connected(far, here);
      HeldSignals signals = HeldSignals.of(near);
      signals.hold();
      here.send("held");
      signals.end();
      assertEquals("held", there.recvStr());
      here.send("not held");
      assertEquals("not held", there.recvStr());
    }
  }
}
