package org.rayshell.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;

/** What the tests run on a cluster. */
final class Jobs {
  private Jobs() {}

  /** A value of the user's. */
  record Point(int x, List<String> names) {}

  static int twice(int x) {
    return 2 * x;
  }

  static Point moved(Point from) {
    List<String> names = new ArrayList<>(from.names());
    names.add("moved");
    return new Point(from.x() + 1, names);
  }

  static double[] numbers(int count) {
    double[] numbers = new double[count];
    numbers[count - 1] = count;
    return numbers;
  }

  static double last(double[] numbers) {
    return numbers[numbers.length - 1];
  }

  static int fails(int x) {
    throw new IllegalStateException("boom " + x, new ArithmeticException("the cause"));
  }

  static int dies(int code) {
    Runtime.getRuntime().halt(code);
    return 0;
  }

  static long sleeps(long ms) throws InterruptedException {
    Thread.sleep(ms);
    return ms;
  }

  /** Its process; sleeps if it is the first. */
  static long sleepsOnce(String mark) throws IOException, InterruptedException {
    if (!Files.exists(Path.of(mark))) {
      Files.createFile(Path.of(mark));
      Thread.sleep(600_000);
    }
    return ProcessHandle.current().pid();
  }

  /** Heeds no interrupt but the last of so many. */
  static int heeds(int interrupts) throws InterruptedException {
    for (int heard = 1; heard < interrupts; heard++) {
      try {
        Thread.sleep(600_000);
      } catch (InterruptedException _) {
        System.out.println("not now");
      }
    }
    Thread.sleep(600_000);
    return 0;
  }

  static int fib(int n) {
    return n < 2
        ? n
        : Ray.get(Ray.task(Jobs::fib, n - 1).remote()) + Ray.task(Jobs::fib, n - 2).remote().get();
  }

  static int sum(List<ObjectRef<Integer>> refs) {
    return refs.stream().mapToInt(ObjectRef::get).sum();
  }

  static int add(int a, int b) {
    return a + b;
  }

  static int seven(int a, int b, int c, int d) {
    return a + b + c + d;
  }

  /** Refs of what this task has put, and of a task of its own. */
  static List<ObjectRef<Integer>> refs(int x) {
    return List.of(Ray.put(x), Ray.task(Jobs::twice, x).remote());
  }

  static String[] words(String text) {
    return text.split(" ");
  }

  static int says(String text) {
    System.out.println(text);
    System.err.println(text + "!");
    return text.length();
  }

  static Stream<Integer> stream(int count) {
    return Stream.iterate(0, n -> n + 1).limit(count);
  }

  static String variable(String name) {
    return System.getenv(name);
  }

  static String caught(String what) {
    try {
      switch (what) {
        case "task" -> Ray.get(Ray.task(Jobs::fails, 5).remote());
        case "free" -> Ray.free(List.of(Ray.put(1)));
        case "stream" -> Ray.task(Jobs::stream, 3).remoteStream();
        case "crash" -> Ray.get(Ray.task(Jobs::dies, 1).options(o -> o.maxRetries(0)).remote());
        default -> throw new IllegalArgumentException(what);
      }
      return "nothing";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  static double cpus(int ignored) {
    return Ray.clusterResources().get("CPU");
  }

  /** Where this class is from. */
  static String home(int ignored) {
    return Jobs.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
