package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.runtime.wire.IoLoop;

/** Who submits short tasks faster than they end does some of the loop's work. */
@Timeout(60)
class ThrottleTest {
  /** After so many submissions one may be held back. */
  private static final int OFTEN = 2_048;

  private final Backlog backlog = new Backlog(1_000_000);
  private IoLoop loop;
  private Throttle throttle;

  @BeforeEach
  void start() throws IOException {
    loop = new IoLoop("throttled", _ -> {});
    throttle = new Throttle(loop, backlog);
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      throttle.submitted();
    }
  }

  @Test
  void itIsHeldBackUntilFewWait() {
    AtomicInteger pending = new AtomicInteger(10_000);
    backlog.known(pending.get());
    Runnable ends =
        new Runnable() {
          @Override
          public void run() {
            backlog.known(pending.addAndGet(-100));
            if (pending.get() > 0) {
              loop.defer(this);
            }
          }
        };
    submit(OFTEN - 1);
    assertEquals(10_000, backlog.size());
    loop.execute(ends);
    submit(1);
    assertTrue(backlog.size() <= 4_096, () -> "still " + backlog.size());
  }

  @Test
  void whereNothingEndsItGoesOn() {
    backlog.known(10_000);
    submit(100 * OFTEN);
    assertEquals(10_000, backlog.size());
  }

  @Test
  void whereFewWaitItIsNeverHeldBack() {
    backlog.known(4_096);
    Thread.currentThread().interrupt();
    submit(10 * OFTEN);
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptIsKeptForTheUser() {
    backlog.known(10_000);
    Thread.currentThread().interrupt();
    submit(10 * OFTEN);
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
  }

  @Test
  void aVirtualThreadIsNotHeldBack() throws InterruptedException {
    backlog.known(10_000);
    Thread.ofVirtual().start(() -> submit(10 * OFTEN)).join();
    assertEquals(10_000, backlog.size());
  }
}
