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

/** {@code %%bash}: the rest of the cell is a script of bash; {@code %bash} takes one line. */
final class BashMagic implements Magic {
  private static final int BUFFER_CHARS = 8_192;
  private static final long GRACE_SECONDS = 1;

  @Override
  public String name() {
    return "bash";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE, Form.CELL);
  }

  @Override
  public String usage() {
    return "%%bash [ARGUMENT...] above a script, or %bash COMMAND";
  }

  @Override
  public String summary() {
    return "runs a script in a process of its own; fails if the script does";
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException(call.written() + " needs a script: " + usage());
    }
    List<String> command = new ArrayList<>(List.of("bash", "-s", "--"));
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
        throw new MagicException("the script ended with exit code " + code);
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
      throw new MagicException("bash cannot be started: " + e.getMessage(), e);
    }
  }

  private static void feed(Process process, String script) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The script ended before it was read to its end; its exit code tells.
    }
  }

  private static Thread copy(InputStream from, MagicCall call, boolean stderr) {
    return Thread.ofPlatform()
        .name("kernel-bash-" + (stderr ? "stderr" : "stdout"))
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
