package org.rayshell.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;

/** All parts together: a session of two workers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SessionParts {
  private ObjectRef<Integer> seven;

  private static Integer noop(int n) {
    return n;
  }

  /** Starts it. */
  @Setup
  public void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    seven = Ray.put(7);
  }

  /** Ends it. */
  @TearDown
  public void end() {
    Ray.shutdown();
  }

  /** A small value, whose ref is garbage then. */
  @Benchmark
  public ObjectRef<Integer> put() {
    return Ray.put(7);
  }

  /** A small value of this process. */
  @Benchmark
  public Integer get() {
    return Ray.get(seven);
  }

  /** A task that does nothing, one at a time. */
  @Benchmark
  public Integer submitAndGet() {
    return Ray.get(Ray.task(SessionParts::noop, 7).remote());
  }
}
