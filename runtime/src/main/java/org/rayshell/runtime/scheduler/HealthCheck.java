package org.rayshell.runtime.scheduler;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;

/**
 * Asks every worker now and then whether it is there, and has those killed that do not answer, so
 * that their tasks run again elsewhere: a process that was stopped, or whose loop hangs, keeps its
 * sockets open and would be waited for without end. Belongs to the raylet.
 *
 * <p>Patience is counted in questions that went unanswered, not in time, and a question that is
 * asked late begins the count anew: when this process was stopped too, or the machine slept, nobody
 * is to blame.
 */
public final class HealthCheck {
  /**
   * System property of a driver: how long a worker may be silent before it is killed, in
   * milliseconds; 0 for without end, as for one that a debugger stops.
   */
  public static final String TIMEOUT = "rayshell.worker.healthCheckTimeoutMs";

  private static final long DEFAULT_TIMEOUT_MS = 10_000;
  private static final long MOST_TIMEOUT_MS = 86_400_000;

  /** So many questions in a row go unanswered within the patience. */
  private static final int THRESHOLD = 5;

  /** How long a worker may take from its start until it connects. */
  private static final long REGISTER_NS = 60_000_000_000L;

  /** What is known of one worker. */
  private static final class Probe {
    /** The question that is not answered; 0 if there is none. */
    private long open;

    private int missed;
    private long traffic;
  }

  private final WorkerPool pool;
  private final Backend backend;
  private final RayletPort port;
  private final long timeoutMs;
  private final long periodNs;
  private final Map<PooledWorker, Probe> probes = new HashMap<>();
  private long last;
  private long expected;
  private boolean ended;

  /**
   * A check that is not yet running.
   *
   * @param timeoutMs how long a worker may be silent; 0 for without end
   */
  HealthCheck(WorkerPool pool, Backend backend, RayletPort port, long timeoutMs) {
    this.pool = pool;
    this.backend = backend;
    this.port = port;
    this.timeoutMs = timeoutMs;
    this.periodNs = timeoutMs * 1_000_000 / THRESHOLD;
  }

  /**
   * What {@link #TIMEOUT} says.
   *
   * @throws IllegalArgumentException if that is no number of milliseconds
   */
  public static long timeoutMs() {
    String value = System.getProperty(TIMEOUT);
    if (value == null) {
      return DEFAULT_TIMEOUT_MS;
    }
    if (!value.matches("[0-9]{1,8}") || Long.parseLong(value) > MOST_TIMEOUT_MS) {
      throw new IllegalArgumentException(
          TIMEOUT
              + " must be milliseconds, 0 (off) to "
              + MOST_TIMEOUT_MS
              + ": "
              + TIMEOUT
              + "="
              + value);
    }
    return Long.parseLong(value);
  }

  void start() {
    if (timeoutMs > 0) {
      again();
    }
  }

  void end() {
    ended = true;
    probes.clear();
  }

  /** A worker has answered. */
  void answered(PooledWorker worker, long check) {
    Probe probe = probes.get(worker);
    if (probe != null && probe.open == check) {
      probe.open = 0;
      probe.missed = 0;
    }
  }

  private void again() {
    expected = backend.epochNs() + periodNs;
    backend.schedule(periodNs, this::check);
  }

  private void check() {
    if (ended) {
      return;
    }
    boolean late = backend.epochNs() - expected > periodNs;
    probes.keySet().removeIf(worker -> !worker.isAlive());
    for (PooledWorker worker : pool.all()) {
      if (worker.isAlive()) {
        Probe probe = probes.computeIfAbsent(worker, _ -> new Probe());
        if (worker.state == PooledWorker.State.STARTING) {
          awaitStart(worker, probe, late);
        } else {
          ask(worker, probe, late);
        }
      }
    }
    again();
  }

  private void awaitStart(PooledWorker worker, Probe probe, boolean late) {
    probe.missed = late ? 0 : probe.missed + 1;
    if (probe.missed * periodNs > REGISTER_NS) {
      kill(worker, "it did not connect within " + seconds(REGISTER_NS));
    }
  }

  private void ask(PooledWorker worker, Probe probe, boolean late) {
    if (probe.open == 0) {
      probe.open = ++last;
      probe.missed = 0;
      port.send(worker.name, new Message.CheckHealth(probe.open));
      return;
    }
    // The question may be behind a large value: what still moves is no less than an answer.
    long traffic = port.traffic(worker.name);
    probe.missed = late || traffic != probe.traffic ? 0 : probe.missed + 1;
    probe.traffic = traffic;
    if (probe.missed >= THRESHOLD) {
      kill(
          worker,
          "it had answered nothing for "
              + seconds(timeoutMs * 1_000_000)
              + " and was killed; for more patience start the driver with -D"
              + TIMEOUT
              + "=60000 (milliseconds)");
    }
  }

  private void kill(PooledWorker worker, String why) {
    worker.killedFor = why;
    port.killWorker(worker.number);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
