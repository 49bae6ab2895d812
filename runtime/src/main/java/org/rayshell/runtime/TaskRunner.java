package org.rayshell.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.BaseStream;
import org.rayshell.RayException;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.TaskCode;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.view.FlightEvents;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Message.PushTask.Terms;
import org.rayshell.runtime.wire.Message.TaskOutput;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.worker.TaskOutputCapture;
import org.rayshell.runtime.worker.TaskQueue;
import org.rayshell.runtime.worker.WorkerLog;

/** Runs tasks on the thread that calls {@link #run}, one after the other. */
final class TaskRunner {
  /** What comes of tasks; called on the running thread. */
  interface Listener {
    void began(RunningTask task);

    void ended(RunningTask task, Message.TaskDone result);

    /** The task has made one of several values. */
    void made(RunningTask task, Message.TaskItem item);

    /** The calling thread begins to wait; what is returned is to be run when it goes on. */
    Runnable waits();

    /** Waits until there is a task; whoever brings one unparks the calling thread. */
    void awaitTask(BooleanSupplier there) throws InterruptedException;
  }

  /** What belongs to a task beside what its owner sent. */
  private record Assignment(String owner, CancelSignal signal, Credit credit) {}

  /**
   * Looking at the CPU clock takes half a microsecond, which is not worth while for less than this.
   */
  private static final long SHORT_NS = 20_000;

  private static final String CANCELLED = "cancelled";

  private final long pid = ProcessHandle.current().pid();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final TaskQueue<Assignment> queue = new TaskQueue<>();
  private final ConcurrentHashMap<String, Export> exports = new ConcurrentHashMap<>();
  private final ValueCodec codec;
  private final TaskCode code;
  private final OutputRelay output;
  private final Listener listener;
  private final LongSupplier clock;
  private volatile Thread thread;

  /** Whether a task begins as soon as another has ended; the running thread's, as the next is. */
  private boolean follows;

  /** CPU time of this thread when the last task had ended. */
  private long cpuAtEnd;

  TaskRunner(
      ValueCodec codec, Path folder, OutputRelay output, LongSupplier clock, Listener listener) {
    this.codec = codec;
    this.code = new TaskCode(codec, folder);
    this.output = output;
    this.clock = clock;
    this.listener = listener;
  }

  /** Code that tasks may refer to from now on. Any thread. */
  void export(Export export) {
    exports.putIfAbsent(export.hash(), export);
  }

  /** A task to run. Any thread. */
  void assign(Message.PushTask task, String owner, CancelSignal signal, Credit credit) {
    queue.add(task, new Assignment(owner, signal, credit));
    LockSupport.unpark(thread);
  }

  /** Whether no other task waits here. Any thread. */
  boolean isIdle() {
    return queue.isEmpty();
  }

  /** Takes out a task that was not begun; false if it was. Any thread. */
  boolean remove(ObjectId task) {
    return queue.remove(task);
  }

  /** Takes out tasks of a lease that have not begun, the latest; in the order they came. */
  List<ObjectId> giveBack(long lease, int max) {
    return queue.giveBack(lease, max);
  }

  /** CPU time of the running thread, in nanoseconds. Any thread. */
  long cpuNs() {
    return Math.max(0, threads.getThreadCpuTime(thread.threadId()));
  }

  /** The thread that runs tasks; null until it does. Any thread. */
  Thread thread() {
    return thread;
  }

  /** Runs tasks until the process ends. */
  void run() {
    thread = Thread.currentThread();
    while (true) {
      try {
        runNext();
      } catch (InterruptedException _) {
        // A task left its interrupt behind; the next one starts without.
      }
    }
  }

  /** In a frame of its own: nothing of the last task, its refs least of all, outlives it here. */
  private void runNext() throws InterruptedException {
    TaskQueue.Assigned<Assignment> next = queue.poll();
    if (next == null) {
      follows = false;
      listener.awaitTask(() -> !queue.isEmpty());
    } else {
      run(next.task(), next.with());
      follows = true;
    }
  }

  private void run(Message.PushTask task, Assignment next) {
    String owner = next.owner;
    long started = clock.getAsLong();
    // Looking at that clock takes longer than all else of a small task.
    long cpu = follows ? cpuAtEnd : threads.getCurrentThreadCpuTime();
    RunningTask running =
        new RunningTask(task, owner, ClassLoader.getSystemClassLoader(), started, cpu);
    Thread thread = Thread.currentThread();
    Outcome outcome;
    String error = null;
    boolean retry = false;
    TaskRunEvent event = FlightEvents.wanted() ? TaskRunEvent.start() : null;
    try {
      running = new RunningTask(task, owner, loader(task.export()), started, cpu);
      listener.began(running);
      thread.setContextClassLoader(running.loader);
      RunningTask prints = running;
      TaskOutputCapture.begin((line, stderr) -> {
        prints.printed(line);
        if (stderr) {
          WorkerLog.keep(line);
        }
        output.add(new TaskOutput.Line(task.task(), task.cell(), task.name(), stderr, line));
      });
      try {
        if (next.signal.begin()) {
          outcome = Outcome.value(call(running, next));
        } else {
          started = 0;
          outcome = Outcome.failure(Outcome.Kind.TASK_CANCELLED, CANCELLED);
        }
      } finally {
        next.signal.end();
        TaskOutputCapture.end();
      }
    } catch (Throwable e) {
      next.signal.end();
      error = TaskErrors.firstLine(e);
      String message = TaskErrors.message(task, pid, error, running.lastOutput());
      outcome = Outcome.taskFailed(codec.encodeThrowable(e), message);
      if (next.signal.cancelled()) {
        outcome = Outcome.failure(Outcome.Kind.TASK_CANCELLED, outcome.value(), CANCELLED);
      } else {
        retry = TaskErrors.isOf(e, task.terms().retryOn());
      }
    }
    if (event != null) {
      event.end(task, owner, error);
    }
    Thread.interrupted();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    long ended = clock.getAsLong();
    long used = cpuUsed(cpu, ended - started);
    listener.ended(
        running,
        new Message.TaskDone(
            task.task(), task.attempt(), outcome, error, started, ended, used, retry));
  }

  /** CPU time of the task that has just ended, in nanoseconds. */
  private long cpuUsed(long before, long wallNs) {
    if (follows && wallNs < SHORT_NS) {
      // In so little time nobody rests; the next task that takes longer puts right what was not so.
      cpuAtEnd = before + wallNs;
      return wallNs;
    }
    cpuAtEnd = threads.getCurrentThreadCpuTime();
    long used = Math.max(0, cpuAtEnd - before);
    // The little that comes between two tasks is not the second's.
    return follows ? Math.min(used, wallNs) : used;
  }

  /** What is to be told of a task that did not begin because it was cancelled. */
  Message.TaskDone unbegun(Message.CancelTask task) {
    return new Message.TaskDone(
        task.task(),
        task.attempt(),
        Outcome.failure(Outcome.Kind.TASK_CANCELLED, CANCELLED),
        CANCELLED,
        0,
        clock.getAsLong(),
        0,
        false);
  }

  private ClassLoader loader(String hash) {
    Export export = exports.get(hash);
    if (export != null) {
      code.load(export);
    }
    return code.loader(hash);
  }

  private EncodedValue call(RunningTask running, Assignment assignment) throws Throwable {
    Message.PushTask task = running.task;
    List<EncodedValue> encoded = task.args();
    TaskCode.Prepared prepared = code.prepare(task.export(), task.target().bytes());
    Object[] args = new Object[encoded.size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = codec.decode(encoded.get(i), running.loader);
    }
    Object returned = prepared.invoke(args);
    switch (task.terms().returns()) {
      case Terms.ONE -> {
        return encode(task, returned);
      }
      case Terms.STREAM -> stream(running, returned, assignment);
      default -> {
        int number = 0;
        for (Object each : Returns.exactly(task.terms().returns(), returned, task.name())) {
          made(running, ++number, encode(task, each));
        }
      }
    }
    return codec.encode(null);
  }

  private void stream(RunningTask running, Object returned, Assignment assignment)
      throws InterruptedException {
    Message.PushTask task = running.task;
    try {
      Iterator<?> values = Returns.each(returned, task.name());
      for (int number = 1; ; number++) {
        if (number > task.terms().kept()) {
          await(assignment.credit, number);
        }
        if (!values.hasNext()) {
          return;
        }
        Object value = values.next();
        if (number > task.terms().kept()) {
          made(running, number, encode(task, value));
        }
        if (assignment.signal.cancelled()) {
          // What makes the values need not look for interrupts itself.
          throw new InterruptedException("cancelled after " + number + " items");
        }
      }
    } finally {
      if (returned instanceof BaseStream<?, ?> stream) {
        stream.close();
      }
    }
  }

  private void await(Credit credit, int number) throws InterruptedException {
    if (!credit.allows(number)) {
      Runnable over = listener.waits();
      try {
        credit.await(number);
      } finally {
        over.run();
      }
    }
  }

  private void made(RunningTask running, int number, EncodedValue value) {
    Message.PushTask task = running.task;
    listener.made(
        running, new Message.TaskItem(task.task(), task.attempt(), number, Outcome.value(value)));
  }

  private EncodedValue encode(Message.PushTask task, Object value) {
    try {
      return codec.encode(value);
    } catch (UnshippableException e) {
      throw new RayException("what " + task.name() + " returned cannot be sent: " + e.reason());
    }
  }
}
