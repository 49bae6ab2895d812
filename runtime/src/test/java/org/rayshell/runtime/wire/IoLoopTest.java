package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop's hand-over, by threads in trouble. */
@Timeout(60)
class IoLoopTest {
  private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
  private IoLoop loop;

  @BeforeEach
  void start() throws Exception {
    loop = new IoLoop("test-loop", log::add);
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  /** Goes down to the end of the stack, and hands something over at every level that is left. */
  private int overflow(int level) {
    int below = 0;
    try {
      below = overflow(level + 1);
    } finally {
      loop.execute(() -> {});
    }
    return below + level;
  }

  @Test
  void aThreadWithoutStackDoesNotKeepTheLoopAsleep() throws Exception {
    for (int i = 0; i < 300; i++) {
      Thread deep =
          new Thread(
              null,
              () -> {
                try {
                  overflow(0);
                } catch (StackOverflowError _) {
                  // As it was to be.
                }
              },
              "test-deep",
              180_000 + 16 * i);
      deep.start();
      deep.join();
      CountDownLatch heard = new CountDownLatch(1);
      loop.execute(heard::countDown);
      assertTrue(heard.await(20, TimeUnit.SECONDS), "the loop sleeps on, round " + i);
    }
  }

  @Test
  void aThreadThatIsInterruptedIsHeard() throws Exception {
    CountDownLatch heard = new CountDownLatch(100);
    Thread.currentThread().interrupt();
    for (int i = 0; i < 100; i++) {
      loop.execute(heard::countDown);
    }
    assertTrue(Thread.interrupted());
    assertTrue(heard.await(20, TimeUnit.SECONDS));
  }
}
