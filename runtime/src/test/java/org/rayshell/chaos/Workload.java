package org.rayshell.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.rayshell.ObjectLostException;
import org.rayshell.ObjectRef;
import org.rayshell.OwnerDiedException;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayTaskException;
import org.rayshell.RayTimeoutException;
import org.rayshell.TaskCancelledException;
import org.rayshell.TaskOptions;
import org.rayshell.WaitResult;
import org.rayshell.WorkerCrashedException;

/**
 * Random calls, and what each may come to: the one right value, or an exception of the right class.
 * One thread's.
 */
final class Workload {
  static final UnaryOperator<TaskOptions> ENDLESS = o -> o.maxRetries(-1);

  /** Against hangs only: no fault holds a task up for so long. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  /** What was submitted, and how it is looked at. */
  private record Step(String what, Runnable check) {}

  private final Random random;
  private final boolean scarceFiles;
  private final Runnable called;
  private long checked;
  private long failed;

  /**
   * @param scarceFiles whether processes may have few descriptors only
   * @param called told of each call
   */
  Workload(long seed, boolean scarceFiles, Runnable called) {
    this.random = new Random(seed);
    this.scarceFiles = scarceFiles;
    this.called = called;
  }

  /** How many calls came to what they may come to. */
  long checked() {
    return checked;
  }

  /** How many of them failed as they may. */
  long failed() {
    return failed;
  }

  /** Submits some calls, and looks at what they came to in another order. */
  void round() {
    List<Step> steps = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      steps.add(step());
      called.run();
    }
    Collections.shuffle(steps, random);
    for (Step step : steps) {
      try {
        step.check.run();
      } catch (RayException | AssertionError e) {
        if (scarceFiles && isForWantOfFiles(e)) {
          failed++;
          continue;
        }
        throw new AssertionError("wrong end of " + step.what + ": " + e, e);
      }
      checked++;
    }
  }

  /** A worker whose task has taken all descriptors can open no class file either. */
  private static boolean isForWantOfFiles(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String text = each.toString();
      if (text.contains("NoClassDefFoundError") || text.contains("Too many open files")) {
        return true;
      }
    }
    return false;
  }

  private Step step() {
    int n = random.nextInt(1000);
    return switch (random.nextInt(31)) {
      case 0, 1, 2 -> value("plain", n + 1, Ray.task(Work::plus, n, 1).options(ENDLESS).remote());
      case 3, 4 -> {
        int retries = random.nextInt(4);
        ObjectRef<Integer> ref =
            Ray.task(Work::plus, n, 2).options(o -> o.maxRetries(retries)).remote();
        yield valueOr("retries=" + retries, n + 2, ref, WorkerCrashedException.class);
      }
      case 5, 6, 7 -> {
        int levels = 1 + random.nextInt(2);
        int children = 2 + random.nextInt(2);
        int all = IntStream.rangeClosed(0, levels).map(l -> (int) Math.pow(children, l)).sum();
        yield value("tree", all, Ray.task(Work::tree, levels, children).options(ENDLESS).remote());
      }
      case 8, 9 -> chain(n);
      case 10 -> refsInside(n);
      case 11 -> innerRef(n);
      case 12 -> largePut(n);
      case 13 -> largeResult(n);
      case 14 -> waits(n);
      case 15 -> timeout(n);
      case 16 -> thrown();
      case 17 -> unreadable();
      case 18 -> dying();
      case 19 -> hoarding();
      case 20 -> interrupted(n);
      case 21 -> future(n);
      case 22 -> value("prints", 200, Ray.task(Work::prints, 200).options(ENDLESS).remote());
      case 23, 24 -> largeChain(n);
      case 25, 26 -> cancelled(n);
      case 27 -> several(n);
      case 28 -> stream(n);
      case 29 -> freed(n);
      default -> files(n);
    };
  }

  private Step value(String what, int expected, ObjectRef<Integer> ref) {
    return new Step(what, () -> isEqual(expected, Ray.get(ref, LIMIT)));
  }

  /** The value, or one of these failures. */
  private Step valueOr(String what, int expected, ObjectRef<Integer> ref, Class<?>... may) {
    return new Step(
        what,
        () -> {
          try {
            isEqual(expected, Ray.get(ref, LIMIT));
          } catch (RayException e) {
            isOne(e, may);
          }
        });
  }

  private void isOne(RayException e, Class<?>... may) {
    if (!Arrays.asList(may).contains(e.getClass())) {
      throw e;
    }
    failed++;
  }

  private static void isEqual(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + " and not " + actual);
    }
  }

  private static void isTrue(boolean so, String what) {
    if (!so) {
      throw new AssertionError(what);
    }
  }

  private Step chain(int n) {
    int links = 1 + random.nextInt(4);
    ObjectRef<Integer> last = Ray.put(n);
    for (int i = 0; i < links; i++) {
      last = Ray.task(Work::plus, last, Ray.put(1)).options(ENDLESS).remote();
    }
    return value("chain", n + links, last);
  }

  private Step refsInside(int n) {
    Work.Box box =
        new Work.Box(
            List.of(Ray.put(n), Ray.task(Work::plus, n, 1).options(ENDLESS).remote(), Ray.put(1)));
    ObjectRef<Integer> ref = Ray.task(Work::sum, box).options(ENDLESS).remote();
    return new Step(
        "refs inside a value",
        () -> {
          isEqual(2 * n + 2, Ray.get(ref, LIMIT));
          // Held until here: nobody else keeps what the refs stand for.
          isEqual(n, box.refs().getFirst().get());
        });
  }

  private Step innerRef(int n) {
    ObjectRef<Work.Inner> outer = Ray.task(Work::inner, n).options(ENDLESS).remote();
    return new Step(
        "a ref of a worker's",
        () -> {
          ObjectRef<Integer> inner = Ray.get(outer, LIMIT).ref();
          try {
            isEqual(n, Ray.get(inner, LIMIT));
          } catch (RayException e) {
            isOne(e, OwnerDiedException.class, ObjectLostException.class);
          }
        });
  }

  private Step largePut(long seed) {
    byte[] bytes = Work.large(seed);
    ObjectRef<byte[]> put = Ray.put(bytes);
    ObjectRef<Integer> hash = Ray.task(Work::hash, put).options(ENDLESS).remote();
    return new Step(
        "a large value",
        () -> {
          isEqual(Work.hash(bytes), Ray.get(hash, LIMIT));
          isTrue(Arrays.equals(bytes, Ray.get(put)), "another value than was put");
        });
  }

  private Step largeResult(long seed) {
    ObjectRef<byte[]> ref = Ray.task(Work::large, seed).options(ENDLESS).remote();
    return new Step(
        "a large result",
        () -> isTrue(Arrays.equals(Work.large(seed), Ray.get(ref, LIMIT)), "another result"));
  }

  /** Steps of large results: whichever is lost with its worker is made again. */
  private Step largeChain(long seed) {
    int links = 1 + random.nextInt(3);
    ObjectRef<byte[]> last = Ray.task(Work::large, seed).options(ENDLESS).remote();
    for (int i = 0; i < links; i++) {
      last = Ray.task(Work::turned, last).options(ENDLESS).remote();
    }
    ObjectRef<Integer> hash = Ray.task(Work::hash, last).options(ENDLESS).remote();
    byte[] expected = Work.large(seed);
    for (int i = 0; i < links; i++) {
      expected = Work.turned(expected);
    }
    return value("large links", Work.hash(expected), hash);
  }

  private Step cancelled(int n) {
    boolean force = random.nextBoolean();
    boolean recursive = random.nextBoolean();
    boolean sleeps = random.nextBoolean();
    ObjectRef<Integer> ref =
        sleeps
            // Others must not have to wait until it is looked at.
            ? Ray.task(Work::sleeps).options(o -> o.maxRetries(-1).numCpus(0)).remote()
            : Ray.task(Work::tree, 2, 2).options(ENDLESS).remote();
    return new Step(
        "cancelled, force=" + force + ", recursive=" + recursive,
        () -> {
          Ray.cancel(ref, force, recursive);
          try {
            int got = Ray.get(ref, LIMIT);
            isTrue(!sleeps && got == 7, "a value of what never ends: " + got);
          } catch (RayTaskException e) {
            // It was not interrupted itself, but what it waited for was.
            isTrue(!sleeps && e.getCause() instanceof TaskCancelledException, "" + e);
            failed++;
          } catch (RayException e) {
            isOne(e, TaskCancelledException.class);
          }
        });
  }

  private Step several(int n) {
    List<ObjectRef<Integer>> refs =
        Ray.task(Work::three, n).options(o -> o.maxRetries(-1).numReturns(3)).<Integer>remoteMany();
    return new Step(
        "several results", () -> isEqual(List.of(n, n + 1, n + 2), Ray.get(refs, LIMIT)));
  }

  private Step stream(int n) {
    var generator = Ray.task(Work::counts, n).options(ENDLESS).<Integer>remoteStream();
    return new Step(
        "a stream",
        () -> {
          int next = n;
          while (generator.hasNext()) {
            isEqual(next++, Ray.get(generator.next(), LIMIT));
          }
          isEqual(n + Work.COUNTED, next);
        });
  }

  private Step freed(long seed) {
    ObjectRef<byte[]> ref = Ray.task(Work::large, seed).options(ENDLESS).remote();
    ObjectRef<Integer> user = Ray.task(Work::hash, ref).options(ENDLESS).remote();
    return new Step(
        "freed",
        () -> {
          Ray.free(List.of(ref));
          try {
            isEqual(Work.hash(Work.large(seed)), Ray.get(user, LIMIT));
          } catch (RayException e) {
            isOne(e, ObjectLostException.class);
          }
          try {
            throw new AssertionError("a freed value: " + Ray.get(ref, LIMIT).length);
          } catch (RayException e) {
            isOne(e, ObjectLostException.class);
          }
        });
  }

  private Step waits(int n) {
    int count = 2 + random.nextInt(4);
    List<ObjectRef<Integer>> refs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      refs.add(Ray.task(Work::plus, n, i).options(ENDLESS).remote());
    }
    int wanted = 1 + random.nextInt(count);
    Duration timeout = random.nextBoolean() ? Duration.ofMillis(random.nextInt(300)) : LIMIT;
    return new Step(
        "Ray.wait",
        () -> {
          WaitResult<Integer> result = Ray.wait(refs, wanted, timeout);
          isEqual(count, result.ready().size() + result.unready().size());
          isTrue(result.ready().size() <= wanted, "too many are ready");
          isTrue(!timeout.equals(LIMIT) || result.ready().size() == wanted, "too few are ready");
          for (int i = 0; i < count; i++) {
            isEqual(n + i, Ray.get(refs.get(i), LIMIT));
          }
        });
  }

  private Step timeout(int n) {
    ObjectRef<Integer> ref = Ray.task(Work::plus, n, 1).options(ENDLESS).remote();
    return new Step(
        "a short timeout",
        () -> {
          try {
            isEqual(n + 1, Ray.get(ref, Duration.ofNanos(random.nextInt(3_000_000))));
          } catch (RayTimeoutException _) {
            isEqual(n + 1, Ray.get(ref, LIMIT));
          }
        });
  }

  private Step thrown() {
    List<String> ways = List.of("plain", "message", "unsent", "error", "stack");
    String way = ways.get(random.nextInt(ways.size()));
    return fails("throws " + way, Ray.task(Work::throwsIt, way).options(ENDLESS).remote());
  }

  private Step unreadable() {
    Work.Picky picky = new Work.Picky(ProcessHandle.current().pid());
    return random.nextBoolean()
        ? fails("an argument", Ray.task(Work::takes, picky).options(ENDLESS).remote())
        : fails("a result", Ray.task(Work::unwritable).options(ENDLESS).remote());
  }

  /** Always the user's exception, however often its worker dies meanwhile. */
  private Step fails(String what, ObjectRef<?> ref) {
    return new Step(
        what,
        () -> {
          try {
            throw new AssertionError("no failure but " + Ray.get(ref, LIMIT));
          } catch (RayTaskException e) {
            isTrue(e.getCause() != null, "without a cause: " + e);
            failed++;
          }
        });
  }

  private Step dying() {
    String way = List.of("exit", "halt", "kill").get(random.nextInt(3));
    if (random.nextBoolean()) {
      return value("dies at times", 7, Ray.task(Work::dies, way, 0.5).options(ENDLESS).remote());
    }
    ObjectRef<Integer> ref =
        Ray.task(Work::dies, way, 1.0).options(o -> o.maxRetries(random.nextInt(2))).remote();
    return valueOr("always dies", -1, ref, WorkerCrashedException.class);
  }

  private Step hoarding() {
    ObjectRef<Integer> ref = Ray.task(Work::hoards).options(o -> o.maxRetries(1)).remote();
    return valueOr("out of memory", -1, ref, RayTaskException.class, WorkerCrashedException.class);
  }

  private Step interrupted(int n) {
    ObjectRef<Integer> ref = Ray.task(Work::plus, n, 1).options(ENDLESS).remote();
    return new Step(
        "an interrupt",
        () -> {
          Thread.currentThread().interrupt();
          try {
            isEqual(n + 1, Ray.get(ref, LIMIT));
          } catch (RayException e) {
            isTrue(e.getMessage().startsWith("interrupted"), "" + e);
          } finally {
            Thread.interrupted();
          }
          isEqual(n + 1, Ray.get(ref, LIMIT));
        });
  }

  private Step future(int n) {
    ObjectRef<Integer> ref = Ray.task(Work::plus, n, 1).options(ENDLESS).remote();
    var future = ref.toFuture().orTimeout(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    return new Step("a future", () -> isEqual(n + 1, future.join()));
  }

  private Step files(int n) {
    if (!scarceFiles) {
      return value("plain", n + 1, Ray.task(Work::plus, n, 1).options(ENDLESS).remote());
    }
    ObjectRef<Integer> ref = Ray.task(Work::opens, n).options(ENDLESS).remote();
    return valueOr("no descriptors", n + 1, ref, RayTaskException.class, RayException.class);
  }
}
