package org.rayshell.runtime.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code System.out} and {@code System.err} of a worker: what a task prints, on its own thread or
 * on any that it started, goes to the task's sink in whole lines; the rest goes to the process's
 * log. Thread-safe.
 */
public final class TaskOutputCapture {
  /** The task that the thread, or the one that started it, works for. */
  private static final InheritableThreadLocal<TaskOutput> OF_THREAD =
      new InheritableThreadLocal<>();

  /** The task begun last, for threads that no running task started, such as a pool's. */
  private static volatile TaskOutput current;

  private static PrintStream out;
  private static PrintStream err;
  private static PrintStream outLog;
  private static PrintStream errLog;

  private TaskOutputCapture() {}

  /** Replaces both streams of this process; does nothing the second time. */
  public static synchronized void install() {
    install(WorkerLog.stream(false), WorkerLog.stream(true));
  }

  /** For tests: as {@link #install()}, with other logs. */
  static synchronized void install(OutputStream ownOut, OutputStream ownErr) {
    if (out == null) {
      outLog = new PrintStream(ownOut, true, StandardCharsets.UTF_8);
      errLog = new PrintStream(ownErr, true, StandardCharsets.UTF_8);
      out = new PrintStream(new Router(outLog, false), false, StandardCharsets.UTF_8);
      err = new PrintStream(new Router(errLog, true), false, StandardCharsets.UTF_8);
      set();
    }
  }

  /** For tests: forgets the streams; the caller sets others. */
  static synchronized void uninstall() {
    out = null;
    err = null;
  }

  /** Setting one takes longer than a small task; most often none was put in their place. */
  private static void set() {
    if (System.out != out) {
      System.setOut(out);
    }
    if (System.err != err) {
      System.setErr(err);
    }
  }

  /** From now on the calling thread's output, and its children's, is a task's. */
  public static void begin(LineSink sink) {
    // An earlier task may have put streams of its own there.
    set();
    TaskOutput task = new TaskOutput((line, stderr) -> send(sink, line, stderr));
    OF_THREAD.set(task);
    current = task;
  }

  /** The calling thread's task has ended: sends what it printed without a line end. */
  public static void end() {
    TaskOutput task = OF_THREAD.get();
    if (task == null) {
      return;
    }
    // Writers may still hold half a character.
    System.out.flush();
    System.err.flush();
    OF_THREAD.remove();
    if (current == task) {
      current = null;
    }
    task.end();
  }

  /** A sink fails when its driver is gone: no reason to fail the task that prints. */
  private static void send(LineSink sink, String line, boolean stderr) {
    try {
      sink.line(line, stderr);
    } catch (RuntimeException _) {
      (stderr ? errLog : outLog).println(line);
    }
  }

  private static TaskOutput ofCaller() {
    TaskOutput task = OF_THREAD.get();
    return task != null && !task.ended() ? task : current;
  }

  /** Where the bytes of a stream part ways. */
  private static final class Router extends OutputStream {
    private final PrintStream log;
    private final boolean stderr;

    Router(PrintStream log, boolean stderr) {
      this.log = log;
      this.stderr = stderr;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      TaskOutput task = ofCaller();
      if (task == null || !task.write(stderr, bytes, from, length)) {
        log.write(bytes, from, length);
      }
    }

    @Override
    public void flush() throws IOException {
      log.flush();
    }
  }
}
