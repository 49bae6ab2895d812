package org.rayshell.runtime.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.rayshell.RuntimeEnv;

/**
 * A worker process as its driver holds it. The pipe to its stdin is never written: its end tells
 * the worker that the driver has died. Thread-safe.
 */
public final class WorkerProcess {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 8192;

  private final Process process;
  private final Thread waiter;

  private WorkerProcess(
      Process process, SessionDirectory session, int number, Consumer<WorkerExit> onExit) {
    this.process = process;
    // A thread of its own: the common pool, where Process.onExit would answer, may be full of the
    // user's own tasks that wait for this very worker.
    this.waiter =
        Thread.ofPlatform()
            .name("rayshell-exit-w" + number)
            .daemon()
            .unstarted(() -> onExit.accept(awaitExit(process, session, number)));
  }

  /**
   * Starts a worker; returns as soon as the process exists.
   *
   * @param env what it has beyond the environment of this process
   * @param onExit called once when it has ended, on a thread of its own; it may be called before
   *     this method returns
   * @throws IOException if the process cannot be started
   */
  public static WorkerProcess start(
      ProcessCommand command,
      SessionDirectory session,
      int number,
      RuntimeEnv env,
      Consumer<WorkerExit> onExit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.line(session, number, env));
    builder.environment().putAll(env.env());
    Process process =
        builder
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(session.jvmLog(number).toFile())
            // The worker cuts it short when it is large.
            .redirectError(ProcessBuilder.Redirect.appendTo(session.log(number, true).toFile()))
            .start();
    session.workerRuns(process.pid());
    WorkerProcess worker = new WorkerProcess(process, session, number, onExit);
    worker.waiter.start();
    return worker;
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Ends the process with SIGKILL; nothing if it has ended. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Blocks until the process has ended and its listener has been told. */
  public void join() throws InterruptedException {
    waiter.join();
  }

  private static WorkerExit awaitExit(Process process, SessionDirectory session, int number) {
    while (true) {
      try {
        int code = process.waitFor();
        session.workerEnded(number, process.pid());
        return new WorkerExit(process.pid(), code, tail(session, number));
      } catch (InterruptedException _) {
        // Nobody has a reason to interrupt this thread; the process is still to be waited for.
      }
    }
  }

  /** The end of stderr, or of what the JVM itself said on stdout, where it reports a crash. */
  private static String tail(SessionDirectory session, int number) {
    String stderr = tail(session.log(number, true));
    return stderr.isEmpty() ? tail(session.jvmLog(number)) : stderr;
  }

  private static String tail(Path file) {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - TAIL_BYTES);
      log.seek(from);
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
      // The first line may be the rest of one.
      int skip = Math.max(lines.size() - TAIL_LINES, from > 0 && lines.size() > 1 ? 1 : 0);
      return String.join("\n", lines.subList(skip, lines.size()));
    } catch (IOException _) {
      // The session was closed meanwhile.
      return "";
    }
  }
}
