package org.rayshell.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.TaskTimeoutException;
import org.rayshell.WorkerCrashedException;

/**
 * A mixed load that goes on for long: each step submits, checks what came of it, and keeps nothing.
 * One thread's.
 */
final class SoakLoad {
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_LONG_MS = 100;
  private static final String[] THROWN = {"plain", "message", "unsent", "error", "stack"};

  /** A small value. */
  record Point(int x, String name, List<Integer> numbers) {}

  private final Random random;
  private final Map<String, Long> counts = new TreeMap<>();

  SoakLoad(long seed) {
    random = new Random(seed);
  }

  /** How many calls there were of each kind. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Does one thing and checks it. */
  void step() {
    switch (random.nextInt(14)) {
      case 0, 1 -> atOnce();
      case 2 -> oneByOne();
      case 3 -> longOnes();
      case 4 -> nested();
      case 5, 6 -> smallValues();
      case 7 -> largeValues();
      case 8 -> largeResults();
      case 9 -> cancels();
      case 10 -> exceptions();
      case 11 -> dropped();
      case 12 -> streams();
      default -> crashesAndTimeouts();
    }
  }

  private void count(String what, int calls) {
    counts.merge(what, (long) calls, Long::sum);
  }

  private static void isTrue(boolean so, String what) {
    if (!so) {
      throw new AssertionError("wrong: " + what);
    }
  }

  private static ObjectRef<Integer> plus(int a, int b) {
    return Ray.task(Work::plus, a, b).options(Workload.ENDLESS).remote();
  }

  private void atOnce() {
    int many = 1 + random.nextInt(MOST_AT_ONCE);
    List<ObjectRef<Integer>> refs = IntStream.range(0, many).mapToObj(i -> plus(i, 1)).toList();
    if (random.nextBoolean()) {
      Ray.wait(refs, many / 2 + 1, Workload.LIMIT);
    }
    long sum = Ray.get(refs, Workload.LIMIT).stream().mapToLong(Integer::longValue).sum();
    isTrue(sum == (long) many * (many + 1) / 2, "the sum of " + many + " tasks: " + sum);
    count("short tasks", many);
  }

  private void oneByOne() {
    for (int i = 0; i < 50; i++) {
      isTrue(Ray.get(plus(i, 2), Workload.LIMIT) == i + 2, "a short task");
    }
    count("short tasks", 50);
  }

  private static int computes(int milliseconds) {
    long end = System.nanoTime() + milliseconds * 1_000_000L;
    int rounds = 1;
    while (System.nanoTime() < end) {
      rounds = rounds * 31 | 1;
    }
    return rounds == 0 ? 0 : milliseconds;
  }

  private void longOnes() {
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    int expected = 0;
    for (int i = 0; i < 4; i++) {
      int milliseconds = 1 + random.nextInt(MOST_LONG_MS);
      expected += milliseconds;
      refs.add(Ray.task(SoakLoad::computes, milliseconds).options(Workload.ENDLESS).remote());
    }
    int sum = Ray.get(refs, Workload.LIMIT).stream().mapToInt(Integer::intValue).sum();
    isTrue(sum == expected, "long tasks");
    count("long tasks", refs.size());
  }

  private void nested() {
    int tasks = Ray.task(Work::tree, 2, 4).options(Workload.ENDLESS).remote().get(Workload.LIMIT);
    isTrue(tasks == 21, "a tree: " + tasks);
    count("nested tasks", tasks);
  }

  private static Point moved(Point point, int by) {
    return new Point(point.x + by, point.name, point.numbers);
  }

  private void smallValues() {
    List<ObjectRef<Point>> puts = new ArrayList<>();
    List<ObjectRef<Point>> moved = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      puts.add(Ray.put(new Point(i, "p" + i, List.of(i, i + 1))));
      moved.add(Ray.task(SoakLoad::moved, puts.get(i), 1).options(Workload.ENDLESS).remote());
    }
    List<Point> got = Ray.get(puts);
    List<Point> gotMoved = Ray.get(moved, Workload.LIMIT);
    for (int i = 0; i < 100; i++) {
      isTrue(got.get(i).equals(new Point(i, "p" + i, List.of(i, i + 1))), "a small value");
      isTrue(gotMoved.get(i).x == i + 1, "a small value by ref");
    }
    count("small values", 200);
  }

  private void largeValues() {
    byte[] bytes = Work.large(random.nextLong());
    ObjectRef<byte[]> put = Ray.put(bytes);
    List<ObjectRef<Integer>> hashes =
        IntStream.range(0, 4)
            .mapToObj(_ -> Ray.task(Work::hash, put).options(Workload.ENDLESS).remote())
            .toList();
    int expected = Work.hash(bytes);
    isTrue(Ray.get(hashes, Workload.LIMIT).stream().allMatch(h -> h == expected), "a large value");
    isTrue(Arrays.equals(bytes, put.get()), "a large value that was put");
    count("large values", 5);
  }

  private void largeResults() {
    long seed = random.nextLong();
    ObjectRef<byte[]> made = Ray.task(Work::large, seed).options(Workload.ENDLESS).remote();
    ObjectRef<byte[]> turned = Ray.task(Work::turned, made).options(Workload.ENDLESS).remote();
    byte[] expected = Work.turned(Work.large(seed));
    isTrue(Arrays.equals(expected, turned.get(Workload.LIMIT)), "a large result");
    count("large values", 2);
  }

  private void cancels() {
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      refs.add(Ray.task(Work::sleeps).options(o -> o.maxRetries(-1).numCpus(0)).remote());
      refs.add(Ray.task(SoakLoad::computes, 50).options(Workload.ENDLESS).remote());
    }
    refs.forEach(ref -> Ray.cancel(ref));
    for (ObjectRef<Integer> ref : refs) {
      try {
        int got = ref.get(Workload.LIMIT);
        isTrue(got == 50, "a cancelled task's value: " + got);
      } catch (TaskCancelledException _) {
        // As it should.
      }
    }
    count("cancels", refs.size());
  }

  private void exceptions() {
    for (String what : THROWN) {
      try {
        Ray.task(Work::throwsIt, what).options(Workload.ENDLESS).remote().get(Workload.LIMIT);
        throw new AssertionError("it did not throw: " + what);
      } catch (RayTaskException _) {
        // As it should.
      }
    }
    count("exceptions", THROWN.length);
  }

  /** Whose refs nobody keeps, whatever becomes of them. */
  private void dropped() {
    for (int i = 0; i < 100; i++) {
      plus(i, 3);
      Ray.put(new Point(i, "dropped", List.of()));
    }
    Ray.put(Work.large(1));
    ObjectRef<byte[]> large = Ray.task(Work::large, 1L).options(Workload.ENDLESS).remote();
    Ray.task(Work::hash, large).options(Workload.ENDLESS).remote();
    Ray.task(Work::inner, random.nextInt(100)).options(Workload.ENDLESS).remote();
    count("dropped refs", 204);
  }

  /** Read to the end, or left half-way. */
  private void streams() {
    var stream = Ray.task(Work::counts, 0).options(Workload.ENDLESS).<Integer>remoteStream();
    int wanted = random.nextBoolean() ? Work.COUNTED : Work.COUNTED / 2;
    for (int i = 0; i < wanted; i++) {
      isTrue(stream.next().get(Workload.LIMIT) == i, "an item");
    }
    count("items of streams", wanted);
  }

  private void crashesAndTimeouts() {
    ObjectRef<Integer> once =
        Ray.task(SoakLoad::computes, 20).options(o -> o.maxRetries(0)).remote();
    ObjectRef<Integer> late =
        Ray.task(Work::sleeps)
            .options(o -> o.maxRetries(-1).numCpus(0).timeout(Duration.ofMillis(20)))
            .remote();
    try {
      isTrue(once.get(Workload.LIMIT) == 20, "a task without retries");
    } catch (WorkerCrashedException _) {
      count("crashes without a retry", 1);
    }
    try {
      throw new AssertionError("a task that never ends: " + late.get(Workload.LIMIT));
    } catch (TaskTimeoutException _) {
      count("timeouts", 1);
    } catch (RayException e) {
      throw new AssertionError("another exception than that of a timeout: " + e, e);
    }
  }
}
