package org.rayshell.rayapi;

import io.ray.api.ObjectRef;
import io.ray.api.Ray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a program of Ray Java has its workers do. */
final class Jobs {
  record Point(int x, List<String> names) {}

  private Jobs() {}

  static int one() {
    return 1;
  }

  static int square(int n) {
    return n * n;
  }

  static int sum(int a, int b) {
    return a + b;
  }

  static String sixOf(String a, int b, long c, double d, boolean e, List<Integer> f) {
    return a + b + c + d + e + f;
  }

  static Point moved(Point point) {
    return new Point(point.x() + 1, point.names());
  }

  /** A task that submits tasks and waits for them. */
  static int sumOfSquares(int to) {
    List<ObjectRef<Integer>> squares = new ArrayList<>();
    for (int i = 1; i <= to; i++) {
      squares.add(Ray.task(Jobs::square, i).remote());
    }
    return Ray.get(squares).stream().mapToInt(Integer::intValue).sum();
  }

  /** A task that is given refs as a value, not their values. */
  static int sumOf(List<ObjectRef<Integer>> refs) {
    return refs.stream().mapToInt(ObjectRef::get).sum();
  }

  static ObjectRef<Integer> refOf(int value) {
    return Ray.put(value);
  }

  static int fails(String why) {
    throw new IllegalStateException(why);
  }

  static int dies() {
    Runtime.getRuntime().halt(3);
    return 0;
  }

  static int never() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  static void works() {
    // Nothing comes of it.
  }

  static String whereAmI() {
    return Ray.getRuntimeContext().getCurrentTaskId()
        + " "
        + Ray.getRuntimeContext().getCurrentJobId();
  }
}
