package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveThreadsTest {
  private final CountDownLatch end = new CountDownLatch(1);

  private void stay() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void letGo() {
    end.countDown();
  }

  @Test
  void platformAndVirtualThreadsAreThereUntilTheyEnd() throws Exception {
    Thread virtual = Thread.startVirtualThread(this::stay);
    Thread platform = Thread.ofPlatform().start(this::stay);
    assertTrue(LiveThreads.all().contains(virtual));
    assertTrue(LiveThreads.all().contains(platform));
    end.countDown();
    virtual.join();
    platform.join();
    assertFalse(LiveThreads.all().contains(virtual));
    assertFalse(LiveThreads.all().contains(platform));
  }

  @Test
  void thoseOfExecutorsAreThereToo() throws Exception {
    AtomicReference<Thread> worker = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      all.execute(() -> {
        worker.set(Thread.currentThread());
        started.countDown();
        stay();
      });
      started.await();
      assertTrue(LiveThreads.all().contains(worker.get()));
      end.countDown();
    }
  }

  @Test
  void withoutTheJdksListsThereArePlatformThreads() {
    Thread virtual = Thread.startVirtualThread(this::stay);
    LiveThreads plain = new LiveThreads("no.such.List");
    assertTrue(plain.running().contains(Thread.currentThread()));
    assertFalse(plain.running().contains(virtual));
  }
}
