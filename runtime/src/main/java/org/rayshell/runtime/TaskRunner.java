package org.rayshell.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.rayshell.RayException;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.TaskCode;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Message.TaskOutput;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.worker.LastWords;
import org.rayshell.runtime.worker.TaskOutputCapture;
import org.rayshell.runtime.worker.TaskQueue;

/** Runs tasks on the thread that calls {@link #run}, one after the other. */
final class TaskRunner {
  /** What comes of tasks; called on the running thread. */
  interface Listener {
    void began(RunningTask task);

    void ended(RunningTask task, Message.TaskDone result);
  }

  private final long pid = ProcessHandle.current().pid();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final TaskQueue queue = new TaskQueue();
  private final ConcurrentHashMap<String, Export> exports = new ConcurrentHashMap<>();
  private final ValueCodec codec;
  private final TaskCode code;
  private final OutputRelay output;
  private final Listener listener;
  private final LongSupplier clock;
  private volatile long runningThread;

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
  void assign(Message.PushTask task, String owner) {
    queue.add(task, owner);
  }

  /** Takes out tasks of a lease that have not begun, the latest; in the order they came. */
  List<ObjectId> giveBack(long lease, int max) {
    return queue.giveBack(lease, max);
  }

  /** CPU time of the running thread, in nanoseconds. Any thread. */
  long cpuNs() {
    return Math.max(0, threads.getThreadCpuTime(runningThread));
  }

  /** Runs tasks until the process ends. */
  void run() {
    runningThread = Thread.currentThread().threadId();
    while (true) {
      try {
        TaskQueue.Assigned next = queue.take();
        run(next.task(), next.owner());
      } catch (InterruptedException _) {
        // A task left its interrupt behind; the next one starts without.
      }
    }
  }

  private void run(Message.PushTask task, String owner) {
    long started = clock.getAsLong();
    long cpu = threads.getCurrentThreadCpuTime();
    RunningTask running =
        new RunningTask(task, owner, ClassLoader.getSystemClassLoader(), started, cpu);
    Thread thread = Thread.currentThread();
    Outcome outcome;
    String error = null;
    TaskRunEvent event = TaskRunEvent.start();
    try {
      running = new RunningTask(task, owner, loader(task.export()), started, cpu);
      listener.began(running);
      thread.setContextClassLoader(running.loader);
      TaskOutputCapture.begin((line, stderr) -> {
        if (stderr) {
          LastWords.keep(line);
        }
        output.add(new TaskOutput.Line(task.cell(), task.name(), stderr, line));
      });
      try {
        outcome = Outcome.value(call(task, running.loader));
      } finally {
        TaskOutputCapture.end();
      }
    } catch (Throwable e) {
      error = TaskErrors.firstLine(e);
      outcome = Outcome.taskFailed(codec.encodeThrowable(e), TaskErrors.message(task, pid, error));
    }
    if (event != null) {
      event.end(task, owner, error);
    }
    Thread.interrupted();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    listener.ended(
        running,
        new Message.TaskDone(
            task.task(),
            task.attempt(),
            outcome,
            error,
            started,
            clock.getAsLong(),
            threads.getCurrentThreadCpuTime() - cpu));
  }

  private ClassLoader loader(String hash) {
    Export export = exports.get(hash);
    if (export != null) {
      code.load(export);
    }
    return code.loader(hash);
  }

  private EncodedValue call(Message.PushTask task, ClassLoader loader) throws Throwable {
    List<EncodedValue> encoded = task.args();
    code.prepare(task.export(), task.target());
    Object[] args = new Object[encoded.size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = codec.decode(encoded.get(i), loader);
    }
    Object returned = code.invoke(task.export(), task.target(), args);
    try {
      return codec.encode(returned);
    } catch (UnshippableException e) {
      throw new RayException("what " + task.name() + " returned cannot be sent: " + e.reason());
    }
  }
}
