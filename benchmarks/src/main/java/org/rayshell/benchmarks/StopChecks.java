package org.rayshell.benchmarks;

import java.lang.reflect.Constructor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rayshell.kernel.eval.ClassPreparation;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;

/**
 * What the checks cost that let cells be interrupted: the same class as it runs in a cell, and as
 * it is shipped to workers, without checks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-XX:+UseCompactObjectHeaders",
      "-XX:+UseCountedLoopSafepoints",
      "-XX:LoopStripMiningIter=1000"
    })
public class StopChecks {
  private static final String CELL =
      """
      class Loop implements DoubleSupplier {
        static final int N = 1 << 16;
        final int[] ints = IntStream.range(0, N).toArray();
        final List<Integer> boxes = new ArrayList<>(IntStream.range(0, N).boxed().toList());
        final float[] x = new float[N];
        final float[] y = new float[N];
        final double[][] left = new double[128][128];
        final double[][] right = new double[128][128];
        public double getAsDouble() { return LOOP(); }

        // A chain of multiplications: nothing to vectorise.
        double scalar() {
          long n = 1;
          for (int i = 0; i < N; i++) n = n * 6364136223846793005L + 1442695040888963407L;
          return n;
        }
        // An end that only the values tell.
        double collatz() {
          int steps = 0;
          for (int n = 1; n < 1000; n++)
            for (long v = n; v != 1; steps++) v = (v & 1) == 0 ? v >> 1 : 3 * v + 1;
          return steps;
        }
        double sieve() {
          boolean[] composite = new boolean[N + 1];
          int primes = 0;
          for (int i = 2; i <= N; i++) {
            if (!composite[i]) {
              primes++;
              for (long j = (long) i * i; j <= N; j += i) composite[(int) j] = true;
            }
          }
          return primes;
        }
        double sum() {
          int sum = 0;
          for (int i = 0; i < ints.length; i++) sum += ints[i];
          return sum;
        }
        double saxpy() {
          for (int i = 0; i < x.length; i++) y[i] += 2 * x[i];
          return y[7];
        }
        double matrix() {
          int n = left.length;
          double[][] product = new double[n][n];
          for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++) {
              double a = left[i][k];
              for (int j = 0; j < n; j++) product[i][j] += a * right[k][j];
            }
          return product[3][5];
        }
        double stream() {
          return IntStream.of(ints).filter(i -> (i & 1) == 0).mapToLong(i -> 3L * i).sum();
        }
        double library() {
          double sum = 0;
          for (int i = 0; i < boxes.size(); i++) sum += Math.sqrt(boxes.get(i));
          return sum;
        }
        double calls() { return fibonacci(20); }
        int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
      }
      new Loop()
      """;

  /** What is timed. */
  @Param({"scalar", "collatz", "sieve", "sum", "saxpy", "matrix", "stream", "library", "calls"})
  public String loop;

  /** Whether it is the class that a cell runs. */
  @Param({"true", "false"})
  public boolean checks;

  private Evaluator evaluator;
  private DoubleSupplier work;

  /** Compiles the cell. */
  @Setup
  public void compile() throws ReflectiveOperationException {
    evaluator = new Evaluator(ClassPreparation.NONE, StopChecks.class.getClassLoader());
    EvalResult result = evaluator.eval(CELL.replace("LOOP", loop), 1, InvokeListener.NONE);
    if (!(result instanceof EvalResult.Ok ok && ok.value() instanceof DoubleSupplier woven)) {
      throw new IllegalStateException("the cell failed: " + result);
    }
    work = checks ? woven : unwoven(woven.getClass());
  }

  private DoubleSupplier unwoven(Class<?> woven) throws ReflectiveOperationException {
    ClassLoader shipped =
        new ClassLoader(StopChecks.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = evaluator.classBytes(name.replace('.', '/'));
            if (bytes == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    Constructor<?> made = shipped.loadClass(woven.getName()).getDeclaredConstructor();
    made.setAccessible(true);
    return (DoubleSupplier) made.newInstance();
  }

  /** Ends the session. */
  @TearDown
  public void close() {
    evaluator.close();
  }

  /** The loop once. */
  @Benchmark
  public double run() {
    return work.getAsDouble();
  }
}
