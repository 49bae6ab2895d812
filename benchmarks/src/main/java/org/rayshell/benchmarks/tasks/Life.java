package org.rayshell.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;

/** Workers: that they die, that they compute, what they and the driver take. */
final class Life {
  private Life() {}

  /** Leaves its pid where it is asked for, and waits to be killed. */
  private static Boolean stays(String marker) throws IOException, InterruptedException {
    Path file = Path.of(marker);
    if (Files.exists(file)) {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
      Thread.sleep(60_000);
    }
    return true;
  }

  private static Long compute(int rounds) {
    long n = rounds;
    for (long i = 0; i < rounds * 1_000_000L; i++) {
      n = n * 6364136223846793005L + 1442695040888963407L;
    }
    return n;
  }

  private static Long pid(int n) throws InterruptedException {
    Thread.sleep(200);
    return ProcessHandle.current().pid();
  }

  static void measureCrash(Metrics metrics) throws Exception {
    Path folder = Files.createTempDirectory("rayshell-benchmark");
    Path marker = folder.resolve("pid");
    try {
      double[] seconds = new double[7];
      for (int i = 0; i < seconds.length; i++) {
        Files.createFile(marker);
        ObjectRef<Boolean> result = Ray.task(Life::stays, marker.toString()).remote();
        String pid = "";
        while (!pid.endsWith("\n")) {
          Thread.sleep(1);
          pid = Files.readString(marker);
        }
        Files.delete(marker);
        // What the system does for want of memory, say; a JVM's own exit takes 0.3 s.
        long begin = System.nanoTime();
        ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();
        Ray.get(result);
        seconds[i] = (System.nanoTime() - begin) / 1e9;
        // The next one finds two workers.
        Thread.sleep(1000);
      }
      metrics.add(
          "a worker is killed, its task is retried, to the result", Metrics.median(seconds), "s");
    } finally {
      Files.deleteIfExists(marker);
      Files.delete(folder);
    }
  }

  static void measureCpu(Metrics metrics) throws Exception {
    // A quarter of a second, as long as the others take.
    int rounds = 2_000;
    Metrics.Work fourTasks = () -> Ray.get(fourOf(() -> Ray.task(Life::compute, rounds).remote()));
    Metrics.Work fourHere =
        () -> {
          try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            fourOf(() -> two.submit(() -> compute(rounds)));
          }
        };
    // Both workers, and this process, are warm then.
    Metrics.seconds(3, fourTasks);
    Metrics.seconds(3, fourHere);
    double[] tasks = new double[9];
    double[] machine = new double[tasks.length];
    // In turns, since two cores may share what one of them has alone, and others may use them.
    for (int i = 0; i < tasks.length; i++) {
      double one = Metrics.seconds(1, () -> Ray.get(Ray.task(Life::compute, rounds).remote()));
      tasks[i] = 4 * one / Metrics.seconds(1, fourTasks);
      double oneHere = Metrics.seconds(1, () -> compute(rounds));
      machine[i] = 4 * oneHere / Metrics.seconds(1, fourHere);
    }
    metrics.addPlain("four CPU-bound tasks on two workers", Metrics.median(tasks), "times one");
    metrics.addPlain(
        "the same by two threads of one program", Metrics.median(machine), "times one");
  }

  private static <T> List<T> fourOf(Supplier<T> begun) {
    return IntStream.range(0, 4).mapToObj(_ -> begun.get()).toList();
  }

  static void measureMemory(Metrics metrics) throws Exception {
    List<Long> workers =
        Ray.get(IntStream.range(0, 2).mapToObj(i -> Ray.task(Life::pid, i).remote()).toList());
    metrics.add("an idle worker (PSS)", memory(workers.getFirst(), "Pss"), "MB");
    System.gc();
    // Without the shared memory of the store, which is got ready meanwhile and not used here.
    double before = memory(ProcessHandle.current().pid(), "Anonymous");
    double liveBefore = liveMb();
    List<ObjectRef<Integer>> held =
        IntStream.range(0, 100_000).mapToObj(i -> Ray.task(Calls::noop, i).remote()).toList();
    Ray.get(held);
    System.gc();
    double after = memory(ProcessHandle.current().pid(), "Anonymous");
    double liveAfter = liveMb();
    metrics.add("100,000 refs held: the driver takes more", after - before, "MB");
    metrics.add("of that live on the heap", liveAfter - liveBefore, "MB");
    if (held.size() != 100_000) {
      throw new IllegalStateException("they must live until here");
    }
  }

  /** What is on the heap, just after a collection. */
  private static double liveMb() {
    Runtime jvm = Runtime.getRuntime();
    return (jvm.totalMemory() - jvm.freeMemory()) / 1e6;
  }

  private static double memory(long pid, String kind) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith(kind + ":"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000.0)
        .findFirst()
        .orElse(0);
  }
}
