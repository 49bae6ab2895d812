package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.NothingLeft;

/** Tasks that wait for tasks, many more than there are CPUs. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class NestingTest {
  private static final int CPUS = 2;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(CPUS).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static int down(int n) {
    return n == 0 ? 0 : 1 + Ray.get(Ray.task(NestingTest::down, n - 1).remote());
  }

  private static int fib(int n) {
    if (n < 2) {
      return n;
    }
    ObjectRef<Integer> a = Ray.task(NestingTest::fib, n - 1).remote();
    ObjectRef<Integer> b = Ray.task(NestingTest::fib, n - 2).remote();
    return Ray.get(a) + Ray.get(b);
  }

  private static int waits(int n) {
    List<ObjectRef<Integer>> refs =
        IntStream.range(0, n).mapToObj(i -> Ray.task(Math::abs, -i).remote()).toList();
    return Ray.wait(refs, n, null).ready().size();
  }

  @Test
  void deepRecursionEndsAndTheProcessesItTookEndToo() {
    assertEquals(30, Ray.task(NestingTest::down, 30).remote().get());
    assertEquals(21, Ray.task(NestingTest::fib, 8).remote().get());

    // Each waiting task has a process of its own; they go once they have been idle for a while.
    Set<ProcessHandle> workers = new HashSet<>(ProcessHandle.current().children().toList());
    assertTrue(workers.size() > CPUS, () -> "workers=" + workers.size());
    CompletableFuture<ProcessHandle> hang = new CompletableFuture<>();
    hang.completeOnTimeout(null, 60, TimeUnit.SECONDS);
    while (workers.size() > CPUS) {
      CompletableFuture<?>[] ends =
          Stream.concat(workers.stream().map(ProcessHandle::onExit), Stream.of(hang))
              .toArray(CompletableFuture<?>[]::new);
      Object ended = CompletableFuture.anyOf(ends).join();
      assertTrue(workers.remove(ended), () -> "surplus workers stay: " + workers);
    }
    assertEquals(7, Ray.task(Math::abs, -7).remote().get());
    // The runtime hears of the ends, and of the last task's lease, a moment after this thread.
    reaches(
        CPUS,
        () -> Runtimes.view().orElseThrow().nodes().stream().mapToInt(NodeInfo::workers).sum());
    reaches(CPUS, () -> Ray.availableResources().get("CPU"));
  }

  private static void reaches(double expected, DoubleSupplier figure) {
    long hang = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (figure.getAsDouble() != expected && System.nanoTime() < hang) {
      Thread.onSpinWait();
    }
    assertEquals(expected, figure.getAsDouble());
  }

  @Test
  void tasksThatWaitSideBySideDoNotStarveThoseTheyWaitFor() {
    List<ObjectRef<Integer>> refs =
        IntStream.range(0, 8).mapToObj(i -> Ray.task(NestingTest::waits, 5).remote()).toList();
    assertEquals(List.of(5, 5, 5, 5, 5, 5, 5, 5), Ray.get(refs));
  }
}
