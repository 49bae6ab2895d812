package org.rayshell.kernel.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Runs cells, their compiling and their user code, on threads that the calling one gets back for
 * its next cell. What is to end and does not is left behind: the cell has ended, and is told what
 * still runs and where. Thread-safe: several threads may run cells at the same time.
 */
final class CellRunner implements AutoCloseable {
  /** For what a cell has to put in order when its code has ended. */
  private static final long ORDER_NS = TimeUnit.MILLISECONDS.toNanos(25);

  /** Between two interrupts, for code that swallows them. */
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ClassLoader loader;
  private final UnaryOperator<Runnable> carry;
  private final BooleanSupplier interrupted;
  private final Leftovers leftovers;
  private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();
  private final CellThreads users = new CellThreads("cells");
  private final CellThreads compilers = new CellThreads("kernel-compiler");

  /** Work of a cell. */
  interface Code<R> {
    R run() throws Throwable;
  }

  /**
   * How work ended.
   *
   * @param value what it returned
   * @param thrown what it threw; null if nothing
   * @param stopped whether it was to end; then it may still run, and the others say nothing
   */
  record Outcome<R>(R value, Throwable thrown, boolean stopped) {
    private static <R> Outcome<R> ofStopped() {
      return new Outcome<>(null, null, true);
    }
  }

  /**
   * A runner.
   *
   * @param loader the context class loader of user code
   * @param carry gives work, which is run on another thread, what the calling thread stands for
   * @param interrupted whether the cell that the calling thread begins is to end already
   */
  CellRunner(
      ClassLoader loader,
      CellTrace trace,
      UnaryOperator<Runnable> carry,
      BooleanSupplier interrupted) {
    this.loader = loader;
    this.carry = carry;
    this.interrupted = interrupted;
    this.leftovers = new Leftovers(trace);
  }

  /** A cell begins; its end must be told. */
  StopSignal begin(int cell) {
    StopSignal stop = new StopSignal(cell);
    running.add(stop);
    // After it can be stopped: whoever stops cells marks them first.
    if (interrupted.getAsBoolean()) {
      stop.request();
    }
    return stop;
  }

  /** The cell has ended; if it was stopped, it says on its stderr what still runs of it. */
  void end(StopSignal stop) {
    running.remove(stop);
    stop.end();
    if (stop.requested()) {
      leftovers.tell(stop);
    }
  }

  /** Ends all cells that run; returns at once. */
  void stop() {
    running.forEach(StopSignal::request);
  }

  /** Runs a static method without parameters as {@link #run(StopSignal, Code)} does. */
  Outcome<Object> run(StopSignal stop, Method method, InvokeListener listener) {
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
  <R> Outcome<R> run(StopSignal stop, Code<R> code) {
    if (stop.requested()) {
      return Outcome.ofStopped();
    }
    CellThread thread = users.take();
    Run<R> run =
        new Run<>(
            stop,
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              stop.enter();
              try {
                return code.run();
              } finally {
                StopSignal.leave();
              }
            });
    stop.runsUserCode(true);
    thread.hand(carry.apply(run));
    boolean ended = run.awaitUserCode(thread);
    if (ended) {
      users.give(thread);
    } else {
      thread.end();
      System.err.println(leftovers.describe(thread, stop));
      String said = "thread " + thread.getName() + " of In [" + stop.cell() + "] has ended";
      Runaways.leaveRunner(thread, carry.apply(() -> System.err.println(said)));
    }
    stop.runsUserCode(false);
    return ended ? run.outcome() : Outcome.ofStopped();
  }

  /**
   * Runs a cell as a whole, which compiles and runs user code by the other method. The compiler
   * cannot be ended: if the cell is to end while it works, it works on, and the cell has ended.
   */
  <R> Outcome<R> runCell(StopSignal stop, Code<R> cell) {
    CellThread thread = compilers.take();
    Run<R> run = new Run<>(stop, cell);
    thread.hand(carry.apply(run));
    if (run.awaitCompiler()) {
      compilers.give(thread);
      return run.outcome();
    }
    thread.end();
    System.err.println(
        "the compiler still works on In [" + stop.cell() + "]; the next cell waits for its end");
    return Outcome.ofStopped();
  }

  /** Lets the idle threads end, and those that run cells when they have. */
  @Override
  public void close() {
    users.close();
    compilers.close();
  }

  /** Some work on its thread; the fields are guarded by the cell's signal. */
  private static final class Run<R> implements Runnable {
    private final StopSignal stop;
    private final Code<R> code;
    private R value;
    private Throwable thrown;
    private boolean ended;

    Run(StopSignal stop, Code<R> code) {
      this.stop = stop;
      this.code = code;
    }

    @Override
    public void run() {
      R returned = null;
      Throwable failure = null;
      try {
        returned = code.run();
      } catch (Throwable e) {
        failure = e;
      } finally {
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

    /** Waits; false if the code was to end and did not. */
    boolean awaitUserCode(Thread thread) {
      synchronized (stop) {
        while (!ended && !stop.requested()) {
          await(0);
        }
        long deadline = stop.requestedAt() + StopSignal.PATIENCE_NS;
        for (long left = AGAIN_NS; !ended && left > 0; left = deadline - System.nanoTime()) {
          thread.interrupt();
          await(Math.min(left, AGAIN_NS));
        }
        return ended;
      }
    }

    /** Waits; false if the compiler was to end and did not. */
    boolean awaitCompiler() {
      synchronized (stop) {
        while (!ended && (!stop.requested() || stop.runsUserCode())) {
          await(0);
        }
        long deadline =
            Math.max(stop.requestedAt() + StopSignal.PATIENCE_NS, System.nanoTime() + ORDER_NS);
        for (long left = ORDER_NS; !ended && left > 0; left = deadline - System.nanoTime()) {
          await(left);
        }
        return ended;
      }
    }

    Outcome<R> outcome() {
      synchronized (stop) {
        return new Outcome<>(value, thrown, stop.requested());
      }
    }

    private void await(long nanos) {
      try {
        // In whole milliseconds, and not for ever.
        stop.wait(nanos == 0 ? 0 : 1 + nanos / 1_000_000);
      } catch (InterruptedException e) {
        // Whoever interrupts a thread that waits for a cell wants the cell to end.
        stop.request();
      }
    }
  }
}
