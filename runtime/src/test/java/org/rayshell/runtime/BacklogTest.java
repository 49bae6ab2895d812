package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.NothingLeft;

/** Who submits without end waits, and nothing fails. */
@ExtendWith(NothingLeft.class)
@Timeout(300)
class BacklogTest {
  private static final Runnable NOTHING = () -> {};

  private static void enter(Backlog backlog, int count) {
    for (int i = 0; i < count; i++) {
      backlog.enter(() -> NOTHING);
      backlog.taken();
      backlog.known(i + 1);
    }
  }

  @Test
  void theNextOneWaitsUntilAQuarterHasEnded() throws InterruptedException {
    Backlog backlog = new Backlog(100);
    enter(backlog, 100);
    CountDownLatch waits = new CountDownLatch(1);
    AtomicInteger over = new AtomicInteger();
    Thread next =
        Thread.ofPlatform()
            .start(() ->
                backlog.enter(() -> {
                  waits.countDown();
                  return over::incrementAndGet;
                }));
    waits.await();
    backlog.known(76);
    assertEquals(0, over.get());
    backlog.known(75);
    next.join();
    assertEquals(1, over.get());
  }

  @Test
  void anInterruptEndsTheWaiting() throws InterruptedException {
    Backlog backlog = new Backlog(8);
    enter(backlog, 8);
    AtomicReference<RayException> thrown = new AtomicReference<>();
    Thread next =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              thrown.set(assertThrows(RayException.class, () -> backlog.enter(() -> NOTHING)));
              assertTrue(Thread.currentThread().isInterrupted());
            });
    next.join();
    assertTrue(thrown.get().getMessage().contains("pending=8"), thrown.get().getMessage());
  }

  @Test
  void theEndOfTheSessionEndsTheWaiting() throws InterruptedException {
    Backlog backlog = new Backlog(8);
    enter(backlog, 8);
    Thread next = Thread.ofPlatform().start(() -> backlog.enter(() -> NOTHING));
    backlog.end();
    next.join();
  }

  /** A driver whose heap has room for some 20,000 tasks, and that submits many more. */
  static final class Driver {
    public static void main(String[] args) {
      Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
      int count = Integer.parseInt(args[0]);
      for (int i = 1; i < count; i++) {
        Ray.task(() -> 1).remote();
      }
      System.out.println(Ray.task(() -> "last").remote().get());
      Ray.shutdown();
    }
  }

  private static void submits(int count) throws Exception {
    try (ChildJvm driver = ChildJvm.start(Driver.class, "" + count)) {
      assertEquals("last", driver.readAll());
      assertEquals(0, driver.exitCode());
    }
  }

  @Test
  void aLoopOfTasksDoesNotFillTheHeap() throws Exception {
    submits(200_000);
  }

  @Test
  @Tag("campaign")
  void norDoAMillion() throws Exception {
    submits(1_000_000);
  }
}
