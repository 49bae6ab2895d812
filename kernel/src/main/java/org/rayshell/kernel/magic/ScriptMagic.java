package org.rayshell.kernel.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code %%bash}, {@code %%sh}: the rest of the cell is a script of that shell; {@code %bash},
 * {@code %sh} and {@code !} take one line.
 */
final class ScriptMagic implements Magic {
  private static final int BUFFER_CHARS = 8_192;
  private static final long GRACE_SECONDS = 1;

  private final String shell;

  /**
   * @param shell the program, which reads scripts as {@code sh} does; the magic's name, too
   */
  ScriptMagic(String shell) {
    this.shell = shell;
  }

  @Override
  public String name() {
    return shell;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE, Form.CELL);
  }

  @Override
  public String usage() {
    return (shell.equals(MagicLine.SHELL)
            ? "!COMMAND, %sh COMMAND, or "
            : "%" + shell + " COMMAND, or ")
        + "%%"
        + shell
        + " [ARGUMENT...] above a script";
  }

  @Override
  public String summary() {
    return "runs a script in a process of its own; fails if the script does";
  }

  @Override
  public boolean bodyIsJava() {
    return false;
  }

  @Override
  public boolean takesFile(List<String> before) {
    return true;
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException(call.written() + " needs a script: " + usage());
    }
    List<String> command = new ArrayList<>(List.of(shell, "-s", "--"));
    if (call.form() == Form.CELL) {
      command.addAll(call.words());
    }
    Process process = start(command);
    try {
      Thread out = copy(process.getInputStream(), call, false);
      Thread err = copy(process.getErrorStream(), call, true);
      feed(process, call.body().strip() + "\n");
      int code = process.waitFor();
      out.join();
      err.join();
      if (code != 0) {
        throw new MagicException(
            (call.form() == Form.CELL ? "the script" : "the command")
                + " ended with exit code "
                + code);
      }
      return MagicResult.done();
    } finally {
      end(process);
    }
  }

  private static Process start(List<String> command) throws MagicException {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new MagicException(command.getFirst() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static void feed(Process process, String script) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The script ended before it was read to its end; its exit code tells.
    }
  }

  private Thread copy(InputStream from, MagicCall call, boolean stderr) {
    return Thread.ofPlatform()
        .name("kernel-" + shell + "-" + (stderr ? "stderr" : "stdout"))
        .daemon()
        .start(() -> {
          try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            char[] buffer = new char[BUFFER_CHARS];
            for (int n; (n = reader.read(buffer)) >= 0; ) {
              call.cell().stream(stderr, new String(buffer, 0, n));
            }
          } catch (IOException _) {
            // The process was ended while it wrote.
          }
        });
  }

  /** Ends the script and everything that it started. */
  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroy);
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException _) {
      process.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
