package org.rayshell.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.runtime.scheduler.HealthCheck;

/**
 * A session that works while it is broken at random: what is called and which faults come when is
 * told by a seed; how they meet is up to the machine. At its end nothing may be pending or held.
 */
final class ChaosRun {
  static final String PATIENCE_MS = "1000";
  private static final int CLIENTS = 4;

  private final long seed;
  private final int rounds;
  private final boolean scarceFiles;
  private volatile boolean failed;
  private int told = -1;
  private Runnable tell = () -> {};

  /**
   * @param rounds of each of the callers
   * @param scarceFiles whether this process was started with few descriptors
   */
  ChaosRun(long seed, int rounds, boolean scarceFiles) {
    this.seed = seed;
    this.rounds = rounds;
    this.scarceFiles = scarceFiles;
  }

  /** Starts a session, breaks it, and ends it; what there was, in a line. */
  String run() throws Exception {
    String before = System.getProperty(HealthCheck.TIMEOUT);
    System.setProperty(HealthCheck.TIMEOUT, PATIENCE_MS);
    try {
      Ray.init(
          RayOptions.create()
              .numCpus(2)
              .workerHeap(64L << 20)
              .loggingLevel(org.slf4j.event.Level.ERROR)
              .includeDashboard(false));
      try {
        return work();
      } catch (AssertionError | ExecutionException | RuntimeException e) {
        throw new AssertionError("chaos failed: seed=" + seed + ", rounds=" + rounds + ": " + e, e);
      } finally {
        Ray.shutdown();
      }
    } finally {
      if (before == null) {
        System.clearProperty(HealthCheck.TIMEOUT);
      } else {
        System.setProperty(HealthCheck.TIMEOUT, before);
      }
    }
  }

  private String work() throws Exception {
    List<Workload> loads = new ArrayList<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    Faults faults = new Faults(seed, timer);
    try (var threads = Executors.newThreadPerTaskExecutor(this::thread)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Workload load = new Workload(seed * 31 + i, scarceFiles, faults::called);
        loads.add(load);
        clients.add(threads.submit(() -> client(load)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      Hangs.dump(seed);
      throw e;
    } finally {
      timer.shutdownNow();
      timer.awaitTermination(1, TimeUnit.MINUTES);
      faults.end();
    }
    new Rest(seed).await();
    // And it still works.
    if (Ray.task(Work::plus, 1, 2).options(Workload.ENDLESS).remote().get() != 3) {
      throw new AssertionError("it does not work any more");
    }
    return "seed="
        + seed
        + ", checked="
        + loads.stream().mapToLong(Workload::checked).sum()
        + ", failed as they may="
        + loads.stream().mapToLong(Workload::failed).sum()
        + ", faults="
        + faults.summary();
  }

  /** Callers are platform threads and virtual ones. */
  private Thread thread(Runnable work) {
    return seed % 2 == 0
        ? Thread.ofVirtual().unstarted(work)
        : Thread.ofPlatform().name("chaos-client").unstarted(work);
  }

  /** Runs the action once one of the callers has made so many rounds. */
  void afterwards(int count, Runnable action) {
    told = count;
    tell = action;
  }

  private void client(Workload load) {
    for (int i = 0; i < rounds && !failed; i++) {
      try {
        load.round();
        if (i == told) {
          tell.run();
        }
      } catch (Throwable e) {
        failed = true;
        throw e;
      }
    }
  }
}
