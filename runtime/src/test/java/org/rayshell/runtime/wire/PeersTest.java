package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.runtime.store.EncodedValue;

/** Processes of a session, here threads, over real sockets. */
class PeersTest {
  private static final byte[] SECRET = {1, 2, 3, 4};

  @TempDir Path folder;
  private final List<End> ends = new ArrayList<>();

  /** One process. */
  private final class End implements Peers.Listener {
    final String name;
    final IoLoop loop;
    final Peers peers;
    final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

    End(String name, byte[] secret) throws IOException {
      this.name = name;
      loop = new IoLoop("test-" + name, log::add);
      peers = new Peers(loop, folder, name, secret, this);
      loop.listen(Peers.socket(folder, name), peers);
      loop.start();
      ends.add(this);
    }

    @Override
    public void met(String peer, long pid) {
      events.add("met " + peer + " " + (pid == ProcessHandle.current().pid()));
    }

    @Override
    public void received(String peer, Connection from, Message message) {
      messages.add(message);
    }

    @Override
    public void lost(String peer) {
      events.add("lost " + peer);
    }

    void send(String to, Message message) {
      loop.execute(() -> {
        try {
          peers.to(to).send(message);
        } catch (IOException e) {
          events.add("unreachable " + to);
        }
      });
    }

    String event() throws InterruptedException {
      return there(events.poll(30, TimeUnit.SECONDS));
    }

    Message message() throws InterruptedException {
      return there(messages.poll(60, TimeUnit.SECONDS));
    }
  }

  private static <T> T there(T value) {
    assertNotNull(value, "nothing came");
    return value;
  }

  @AfterEach
  void stop() {
    ends.forEach(end -> end.loop.stop());
  }

  @Test
  void processesMeetTalkAndNoticeTheEnd() throws Exception {
    End driver = new End("driver", SECRET);
    End worker = new End("w1", SECRET);
    worker.send("driver", new Message.Blocked(1));
    assertEquals("met w1 true", driver.event());
    assertEquals(new Message.Blocked(1), driver.message());
    driver.send("w1", new Message.Reclaim(2));
    assertEquals(new Message.Reclaim(2), worker.message());
    worker.loop.stop();
    assertEquals("lost w1", driver.event());
  }

  @Test
  void messagesKeepTheirOrderAndLargeOnesArriveWhole() throws Exception {
    End driver = new End("driver", SECRET);
    End worker = new End("w1", SECRET);
    byte[] large = new byte[50_000_000];
    new Random(1).nextBytes(large);
    for (int i = 0; i < 1000; i++) {
      worker.send("driver", new Message.Blocked(i));
    }
    worker.send("driver", new Message.ObjectReply(1, Outcome.value(new EncodedValue(large))));
    worker.send("driver", new Message.Unblocked(1));
    for (int i = 0; i < 1000; i++) {
      assertEquals(new Message.Blocked(i), driver.message());
    }
    Message.ObjectReply reply = assertInstanceOf(Message.ObjectReply.class, driver.message());
    assertArrayEquals(large, reply.outcome().value().bytes());
    assertEquals(new Message.Unblocked(1), driver.message());
  }

  @Test
  void whoDoesNotKnowTheSecretIsDroppedAndTheOthersStay() throws Exception {
    End driver = new End("driver", SECRET);
    End worker = new End("w1", SECRET);
    worker.send("driver", new Message.Blocked(1));
    assertEquals(new Message.Blocked(1), driver.message());
    End stranger = new End("w2", new byte[] {9});
    stranger.send("driver", new Message.Blocked(666));
    assertEquals("lost driver", stranger.event());
    worker.send("driver", new Message.Blocked(2));
    assertEquals(new Message.Blocked(2), driver.message());
    assertTrue(driver.log.poll(30, TimeUnit.SECONDS).contains("secret"));
    assertTrue(driver.messages.isEmpty());
  }

  @Test
  void garbageEndsOnlyTheConnectionItCameBy() throws Exception {
    End driver = new End("driver", SECRET);
    End worker = new End("w1", SECRET);
    worker.send("driver", new Message.Blocked(1));
    assertEquals(new Message.Blocked(1), driver.message());
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      try (SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(Peers.socket(folder, "driver")))) {
        byte[] garbage = new byte[1 + random.nextInt(5000)];
        random.nextBytes(garbage);
        try {
          channel.write(ByteBuffer.wrap(garbage));
          channel.shutdownOutput();
          assertEquals(-1, channel.read(ByteBuffer.allocate(10)));
        } catch (IOException _) {
          // Dropped already.
        }
      }
    }
    worker.send("driver", new Message.Blocked(2));
    assertEquals(new Message.Blocked(2), driver.message());
  }

  @Test
  void whatASecretHolderCannotMeanEndsItsConnection() throws Exception {
    End driver = new End("driver", SECRET);
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(Peers.socket(folder, "driver")))) {
      byte[] hello =
          FrameTest.frame(
              new Message.Hello(Frame.VERSION, SECRET, "w3", ProcessHandle.current().pid()));
      channel.write(ByteBuffer.wrap(hello));
      assertEquals("met w3 true", driver.event());
      channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, Frame.VERSION, 99}));
      assertEquals(-1, channel.read(ByteBuffer.allocate(10)));
    }
    assertEquals("lost w3", driver.event());
  }

  @Test
  void aProcessThatIsNotThereIsUnreachable() throws Exception {
    End driver = new End("driver", SECRET);
    driver.send("w9", new Message.Reclaim(1));
    assertEquals("unreachable w9", driver.event());
  }

  @Test
  void aSlowReaderHoldsUpNobodyElse() throws Exception {
    End driver = new End("driver", SECRET);
    End reader = new End("w1", SECRET);
    CountDownLatch go = new CountDownLatch(1);
    driver.send("w1", new Message.Reclaim(0));
    reader.message();
    reader.loop.execute(() -> {
      try {
        go.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
    byte[] large = new byte[30_000_000];
    driver.send("w1", new Message.ObjectReply(1, Outcome.value(new EncodedValue(large))));
    End other = new End("w2", SECRET);
    driver.send("w2", new Message.Reclaim(5));
    assertEquals(new Message.Reclaim(5), other.message());
    assertTrue(reader.messages.isEmpty());
    go.countDown();
    assertInstanceOf(Message.ObjectReply.class, reader.message());
  }

  @Test
  void anErrorInACommandDoesNotEndTheLoopAndAfterTheEndCommandsStillRun() throws Exception {
    End driver = new End("driver", SECRET);
    driver.loop.execute(() -> {
      throw new IllegalStateException("a defect");
    });
    assertTrue(driver.log.poll(30, TimeUnit.SECONDS).contains("a defect"));
    CountDownLatch ran = new CountDownLatch(1);
    driver.loop.execute(ran::countDown);
    assertTrue(ran.await(30, TimeUnit.SECONDS));
    driver.loop.stop();
    CountDownLatch after = new CountDownLatch(1);
    driver.loop.execute(after::countDown);
    assertEquals(0, after.getCount());
    assertFalse(driver.loop.inLoop());
  }
}
