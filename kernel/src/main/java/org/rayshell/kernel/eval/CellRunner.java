package org.rayshell.kernel.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Runs the user code of cells, each on a thread that the calling one gets back for its next cell.
 * Code that is to end and does not is left behind: the cell has ended, and is told which thread
 * still runs and where. Thread-safe: several threads may run cells at the same time.
 */
final class CellRunner implements AutoCloseable {
  /** From the wish to end a cell to its end, whatever its code does. */
  private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(60);

  /** Between two interrupts, for code that swallows them. */
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /** For threads that a cell started to come to a check. */
  private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ClassLoader loader;
  private final UnaryOperator<Runnable> carry;
  private final StuckThread stuck;
  private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();
  private final List<CellThread> idle = new ArrayList<>();
  private int made;
  private boolean closed;

  /** User code. */
  interface Code {
    Object run() throws Throwable;
  }

  /**
   * How user code ended.
   *
   * @param value what it returned
   * @param thrown what it threw; null if nothing
   * @param stopped whether it was to end; then it may still run, and the others say nothing
   */
  record Outcome(Object value, Throwable thrown, boolean stopped) {
    private static final Outcome STOPPED = new Outcome(null, null, true);
  }

  /**
   * A runner.
   *
   * @param loader the context class loader of user code
   * @param carry gives work, which is run on another thread, what the calling thread stands for
   */
  CellRunner(ClassLoader loader, CellTrace trace, UnaryOperator<Runnable> carry) {
    this.loader = loader;
    this.carry = carry;
    this.stuck = new StuckThread(trace);
  }

  /** A cell begins; its end must be told. */
  StopSignal begin(int cell) {
    StopSignal stop = new StopSignal(cell);
    running.add(stop);
    return stop;
  }

  /** The cell has ended; if it was stopped, it says on its stderr what still runs of it. */
  void end(StopSignal stop) {
    running.remove(stop);
    stop.end();
    if (stop.requested()) {
      for (Thread each : stillRunning(stop)) {
        Runaways.leaveHelper(each);
        System.err.println(stuck.tell(each, stop.cell()));
      }
    }
  }

  /** Ends all cells that run; returns at once. */
  void stop() {
    running.forEach(StopSignal::request);
  }

  /** Runs a static method without parameters as {@link #run(StopSignal, Code)} does. */
  Outcome run(StopSignal stop, Method method, InvokeListener listener) {
    listener.before();
    try {
      return run(
          stop,
          () -> {
            try {
              return method.invoke(null);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    } finally {
      listener.after();
    }
  }

  /** Runs user code of a cell; returns when it has ended or when it was to end and did not. */
  Outcome run(StopSignal stop, Code code) {
    if (stop.requested()) {
      return Outcome.STOPPED;
    }
    CellThread thread = take();
    Run run = new Run(stop, code);
    thread.hand(carry.apply(run));
    if (await(run, thread)) {
      give(thread);
      return stop.requested() ? Outcome.STOPPED : new Outcome(run.value, run.thrown, false);
    }
    thread.end();
    System.err.println(stuck.tell(thread, stop.cell()));
    String ended = "thread " + thread.getName() + " of In [" + stop.cell() + "] has ended";
    Runaways.leaveRunner(thread, carry.apply(() -> System.err.println(ended)));
    return Outcome.STOPPED;
  }

  /** Waits; false if the code was to end and did not. */
  private static boolean await(Run run, Thread thread) {
    synchronized (run.stop) {
      while (!run.ended && !run.stop.requested()) {
        await(run.stop, 0);
      }
      long deadline = System.nanoTime() + PATIENCE_NS;
      for (long left = PATIENCE_NS; !run.ended && left > 0; left = deadline - System.nanoTime()) {
        thread.interrupt();
        await(run.stop, Math.min(left, AGAIN_NS));
      }
      return run.ended;
    }
  }

  private static void await(StopSignal stop, long nanos) {
    try {
      // In whole milliseconds, and not for ever.
      stop.wait(nanos == 0 ? 0 : 1 + nanos / 1_000_000);
    } catch (InterruptedException e) {
      // Whoever interrupts a thread that waits for a cell wants the cell to end.
      stop.request();
    }
  }

  private synchronized CellThread take() {
    for (CellThread each : idle) {
      if (each.serves(Thread.currentThread())) {
        idle.remove(each);
        return each;
      }
    }
    CellThread thread = new CellThread("cells-" + ++made);
    thread.start();
    return thread;
  }

  private synchronized void give(CellThread thread) {
    if (closed) {
      thread.end();
    } else {
      idle.add(thread);
    }
  }

  /** The threads that a stopped cell has started, and shared ones, that still run cells' code. */
  private static List<Thread> stillRunning(StopSignal stop) {
    List<Thread> found = helpers(stop);
    if (found.isEmpty()) {
      return found;
    }
    try {
      long deadline = System.nanoTime() + GRACE_NS;
      for (Thread each : found) {
        long left = deadline - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.timedJoin(each, left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return helpers(stop);
  }

  private static List<Thread> helpers(StopSignal stop) {
    List<Thread> found = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      Thread thread = each.getKey();
      if (!(thread instanceof CellThread)
          && Runaways.runsCell(each.getValue())
          && (stop.mayHaveStarted(thread) || Runaways.isShared(thread))
          && !Runaways.isLeft(thread)) {
        found.add(thread);
      }
    }
    found.sort(Comparator.comparingLong(Thread::threadId));
    return found;
  }

  /** Lets the idle threads end, and those that run cells when they have. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(CellThread::end);
    idle.clear();
  }

  /** Some code on its thread; the fields are guarded by the cell's signal. */
  private final class Run implements Runnable {
    private final StopSignal stop;
    private final Code code;
    private Object value;
    private Throwable thrown;
    private boolean ended;

    Run(StopSignal stop, Code code) {
      this.stop = stop;
      this.code = code;
    }

    @Override
    public void run() {
      Object returned = null;
      Throwable failure = null;
      try {
        Thread.currentThread().setContextClassLoader(loader);
        stop.enter();
        returned = code.run();
      } catch (Throwable e) {
        failure = e;
      } finally {
        StopSignal.leave();
        synchronized (stop) {
          value = returned;
          thrown = failure;
          ended = true;
          // No interrupt comes after this.
          Thread.interrupted();
          stop.notifyAll();
        }
      }
    }
  }
}
