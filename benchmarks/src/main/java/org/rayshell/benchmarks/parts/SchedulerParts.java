package org.rayshell.benchmarks.parts;

import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.scheduler.Raylet;
import org.rayshell.runtime.scheduler.RayletPort;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;

/** The raylet's decision who gets a worker; without processes, sockets or a loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SchedulerParts {
  private static final Map<String, Double> ONE_CPU = Map.of("CPU", 1.0);
  private static final Map<String, Double> TAKEN = Map.of("CPU", 1.0, "slot", 1.0);

  /** Others wait for what is not to be had. */
  @Param({"nobody waits", "100 wait"})
  public String others;

  private Raylet raylet;
  private long granted;
  private long request;

  private final class Port implements RayletPort {
    @Override
    public void send(String to, Message.FromRaylet message) {
      if (message instanceof Message.LeaseGranted lease) {
        granted = lease.lease();
      }
    }

    @Override
    public void startWorker(int number, RuntimeEnv env) {
      // As if it were up at once; the setup says when.
    }

    @Override
    public long traffic(String worker) {
      return 0;
    }

    @Override
    public void killWorker(int number) {
      throw new IllegalStateException("killed: worker=" + number);
    }
  }

  /** Nothing happens later. */
  private static final class NoTime implements Backend {
    @Override
    public Timer schedule(long delayNs, Runnable command) {
      return () -> {};
    }

    @Override
    public void defer(Runnable command) {
      throw new IllegalStateException("not expected of a raylet");
    }
  }

  /** Two workers, of which one is leased for good. */
  @Setup
  public void start() {
    raylet = new Raylet(Map.of("CPU", 2.0, "slot", 1.0), 2, 2, 2, new NoTime(), new Port());
    raylet.start();
    raylet.connected("w1", 1);
    raylet.connected("w2", 2);
    ask(TAKEN);
    for (int i = others.equals("nobody waits") ? 100 : 0; i < 100; i++) {
      ask(TAKEN);
    }
  }

  private void ask(Map<String, Double> shape) {
    raylet.received(
        Peers.DRIVER, new Message.RequestLease(++request, shape, 0, RuntimeEnv.create()));
  }

  /** A lease asked for, granted, and given back. */
  @Benchmark
  public long lease() {
    ask(ONE_CPU);
    long lease = granted;
    raylet.received(Peers.DRIVER, new Message.ReturnLease(lease));
    return lease;
  }
}
