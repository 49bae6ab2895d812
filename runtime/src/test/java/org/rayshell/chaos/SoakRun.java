package org.rayshell.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * A driver under a mixed load, whose workers are killed now and then: {@code SoakRun SECONDS SEED
 * LEAK}. It ends with an error if it, at rest, holds more than it did when it was so long before.
 * Before that it works for a while, a fifth of the time at least.
 */
final class SoakRun {
  /** What is let leak on purpose, to see that it is found. */
  enum Leak {
    NONE,
    HEAP,
    REFS,
    DESCRIPTORS,
    THREADS,
    WORKER_HEAP,
    WORKER_DESCRIPTORS,
    SESSION_FILES
  }

  private static final int WORKERS = 2;
  private static final int CLIENTS = 3;
  private static final int STRETCHES = 5;

  /** Until records of what was are as full as they become, and JVMs have compiled what they do. */
  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(40);

  /** Steps of all callers until the next worker is killed. */
  private static final int LEAST_STEPS = 20;

  private static final int MOST_STEPS = 100;

  /** The raylet runs no more tasks without CPUs at once. */
  private static final int MOST_ASKED = 8;

  /** Lines of a heap's histogram. */
  private static final int LARGEST = 25;

  /** So often something leaks, after the first look. */
  private static final int LEAKS = 100;

  private static final int LEAKED_BYTES = 200_000;
  private static final List<Object> LEAKED = new ArrayList<>();

  private final Random faults;
  private final Leak leak;
  private final List<SoakLoad> loads = new ArrayList<>();
  private final TreeMap<String, Integer> killed = new TreeMap<>();
  private final Rest rest;
  private final long seed;

  /** Steps until the next fault; guarded by this, as are the faults and the leaks. */
  private int steps = LEAST_STEPS;

  private int leaks;

  private volatile boolean failed;

  private SoakRun(long seed, Leak leak) {
    this.seed = seed;
    this.leak = leak;
    this.faults = new Random(seed);
    this.rest = new Rest(seed);
    for (int i = 0; i < CLIENTS; i++) {
      loads.add(new SoakLoad(seed * 31 + i));
    }
  }

  public static void main(String[] args) throws Exception {
    Duration length = Duration.ofSeconds(Long.parseLong(args[0]));
    long seed = Long.parseLong(args[1]);
    Ray.init(
        RayOptions.create()
            .numCpus(WORKERS)
            .workerHeap(64L << 20)
            .loggingLevel(org.slf4j.event.Level.ERROR)
            .includeDashboard(false));
    try {
      new SoakRun(seed, Leak.valueOf(args[2])).run(length);
    } finally {
      Ray.shutdown();
    }
  }

  private void run(Duration length) throws Exception {
    Duration stretch = length.dividedBy(STRETCHES);
    work(stretch.compareTo(LEAST_WARM_UP) < 0 ? LEAST_WARM_UP : stretch);
    Footprint begin = look("at the beginning", true);
    String largest = largest();
    synchronized (this) {
      leaks = leak == Leak.NONE ? 0 : LEAKS;
    }
    Footprint end = begin;
    for (int i = 1; i <= STRETCHES; i++) {
      work(stretch);
      end = look("after " + stretch.multipliedBy(i).toSeconds() + " s", i == STRETCHES);
    }
    Map<String, Long> calls = new TreeMap<>();
    loads.forEach(load -> load.counts().forEach((what, n) -> calls.merge(what, n, Long::sum)));
    System.out.println("soak: calls=" + calls + ", killed=" + killed);
    List<String> more = end.above(begin);
    if (!more.isEmpty()) {
      System.out.println("soak: the driver's heap at the beginning:\n" + largest);
      System.out.println("soak: and at the end:\n" + largest());
      throw new AssertionError("it holds more than it did: " + more + ", seed=" + seed);
    }
    if (killed.isEmpty()) {
      throw new AssertionError("no worker was killed: it was too short");
    }
  }

  /**
   * @param alone whether to wait until there are no more workers than CPUs, as the driver holds
   *     something for each
   */
  private Footprint look(String when, boolean alone) throws IOException {
    rest.await();
    // Before those that have nothing to do are asked to leave, which may be the oldest.
    List<WorkerInfo> workers = workers();
    long oldest =
        (Runtimes.view().orElseThrow().now() - workers.getFirst().started()) / 1_000_000_000;
    Footprint.Usage worker = Footprint.ofWorkers(Math.min(workers.size(), MOST_ASKED));
    if (alone) {
      rest.await(WORKERS);
    }
    Footprint now = Footprint.take(worker, oldest);
    System.out.println("soak: " + when + ": " + now);
    return now;
  }

  /** The classes whose objects take most of this heap. */
  private static String largest() throws JMException {
    Object[] options = {new String[0]};
    String[] signature = {String[].class.getName()};
    Object all =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                options,
                signature);
    return all.toString().lines().limit(LARGEST).collect(Collectors.joining("\n"));
  }

  /** Those that are up, the oldest first. */
  private static List<WorkerInfo> workers() {
    return Runtimes.view().orElseThrow().workers().stream()
        .filter(worker -> worker.ended() == 0 && worker.pid() > 0)
        .sorted(Comparator.comparingLong(WorkerInfo::started))
        .toList();
  }

  private void work(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<?>> clients = new ArrayList<>();
      for (SoakLoad load : loads) {
        clients.add(threads.submit(() -> work(load, end)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      Hangs.dump(seed);
      throw new AssertionError("soak failed: seed=" + seed + ": " + e.getCause(), e.getCause());
    }
  }

  private void work(SoakLoad load, long end) {
    while (System.nanoTime() < end && !failed) {
      try {
        load.step();
        stepped();
      } catch (Throwable e) {
        failed = true;
        throw e;
      }
    }
  }

  private synchronized void stepped() {
    if (--leaks >= 0) {
      leak();
    }
    if (--steps > 0) {
      return;
    }
    steps = faults.nextInt(LEAST_STEPS, MOST_STEPS);
    // The oldest is spared: in it adds up what workers lose.
    List<WorkerInfo> others = workers().stream().skip(1).toList();
    if (others.isEmpty()) {
      return;
    }
    WorkerInfo worker = others.get(faults.nextInt(others.size()));
    // Only a child of this process: another may have got the number.
    ProcessHandle.current()
        .children()
        .filter(child -> child.pid() == worker.pid())
        .forEach(child -> {
          killed.merge(worker.state().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
          child.destroyForcibly();
        });
  }

  private void leak() {
    try {
      switch (leak) {
        case NONE -> {}
        case HEAP -> LEAKED.add(new byte[LEAKED_BYTES]);
        case REFS -> LEAKED.add(Ray.put(new byte[LEAKED_BYTES]));
        case DESCRIPTORS -> LEAKED.add(open());
        case THREADS -> Thread.ofPlatform().daemon().start(SoakRun::waitForEver);
        case WORKER_HEAP -> keep(Ray.task(SoakRun::leakHeap).options(Workload.ENDLESS).remote());
        case WORKER_DESCRIPTORS ->
            keep(Ray.task(SoakRun::leakDescriptor).options(Workload.ENDLESS).remote());
        case SESSION_FILES ->
            Files.createTempFile(Runtimes.view().orElseThrow().sessionDir(), "leak", "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(ObjectRef<Integer> ref) {
    ref.get(Workload.LIMIT);
  }

  private static int leakHeap() {
    LEAKED.add(new byte[LEAKED_BYTES]);
    return LEAKED.size();
  }

  private static int leakDescriptor() throws IOException {
    LEAKED.add(open());
    return LEAKED.size();
  }

  private static InputStream open() throws IOException {
    return Files.newInputStream(Path.of("/dev/null"));
  }

  private static void waitForEver() {
    while (true) {
      LockSupport.park();
    }
  }
}
