package org.rayshell.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;

/** What the tasks of a chaos run do. */
final class Work {
  static final int LARGE_BYTES = 1 << 20;
  static final int COUNTED = 40;
  private static final int MOST_FILES = 2_000;

  private Work() {}

  static int plus(int a, int b) {
    return a + b;
  }

  /** A tree of tasks of that many levels; how many there are. */
  static int tree(int levels, int children) {
    if (levels == 0) {
      return 1;
    }
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    for (int i = 0; i < children; i++) {
      refs.add(Ray.task(Work::tree, levels - 1, children).options(Workload.ENDLESS).remote());
    }
    return 1 + Ray.get(refs).stream().mapToInt(Integer::intValue).sum();
  }

  /** Refs inside a value. */
  record Box(List<ObjectRef<Integer>> refs) {}

  static int sum(Box box) {
    return Ray.get(box.refs()).stream().mapToInt(Integer::intValue).sum();
  }

  /** A ref inside a value, to what this process owns. */
  record Inner(ObjectRef<Integer> ref) {}

  static Inner inner(int n) {
    return new Inner(
        n % 2 == 0 ? Ray.put(n) : Ray.task(Work::plus, n, 0).options(Workload.ENDLESS).remote());
  }

  static byte[] large(long seed) {
    byte[] bytes = new byte[LARGE_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] turned(byte[] bytes) {
    byte[] turned = bytes.clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) (bytes[bytes.length - 1 - i] + 1);
    }
    return turned;
  }

  static int sleeps() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
    return -1;
  }

  static int[] three(int n) {
    return new int[] {n, n + 1, n + 2};
  }

  static Stream<Integer> counts(int n) {
    return IntStream.range(n, n + COUNTED).boxed();
  }

  static int hash(byte[] bytes) {
    return java.util.Arrays.hashCode(bytes);
  }

  static int prints(int lines) {
    for (int i = 0; i < lines; i++) {
      (i % 2 == 0 ? System.out : System.err).println("line " + i);
    }
    return lines;
  }

  static int throwsIt(String what) throws Exception {
    switch (what) {
      case "plain" -> throw new IllegalStateException("as told");
      case "message" -> throw new NoMessage();
      case "unsent" -> throw new Unsent();
      case "error" -> throw new AssertionError("as told");
      case "stack" -> {
        return recurses(0);
      }
      default -> throw new IllegalArgumentException(what);
    }
  }

  private static int recurses(int n) {
    return recurses(n + 1) + 1;
  }

  /** An exception that cannot even be printed. */
  private static final class NoMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  /** An exception that cannot be sent. */
  private static final class Unsent extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"unused", "serial"})
    private final Thread here = Thread.currentThread();
  }

  /** A value that only the process that makes it can make. */
  record Picky(long pid) {
    Picky {
      if (pid != ProcessHandle.current().pid()) {
        throw new IllegalStateException("not here");
      }
    }
  }

  static long takes(Picky picky) {
    return picky.pid();
  }

  /** A value that cannot be written. */
  static final class Unwritable implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException("not to be written");
    }
  }

  static Unwritable unwritable() {
    return new Unwritable();
  }

  /** Ends its process, by that chance. */
  static int dies(String how, double chance) throws Exception {
    if (ThreadLocalRandom.current().nextDouble() < chance) {
      switch (how) {
        case "exit" -> System.exit(3);
        case "halt" -> Runtime.getRuntime().halt(4);
        default -> {
          ProcessBuilder kill =
              new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid());
          kill.start().waitFor();
        }
      }
    }
    return 7;
  }

  static int hoards() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[4 << 20]);
    }
  }

  /** Takes all descriptors that the process may have, and asks for a task while it has them. */
  static int opens(int n) {
    List<InputStream> open = new ArrayList<>();
    try {
      while (open.size() < MOST_FILES) {
        open.add(Files.newInputStream(Path.of("/dev/null")));
      }
    } catch (IOException _) {
      // That was all.
    }
    ObjectRef<Integer> below = Ray.task(Work::plus, n, 1).options(Workload.ENDLESS).remote();
    for (InputStream file : open) {
      try {
        file.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return below.get();
  }
}
