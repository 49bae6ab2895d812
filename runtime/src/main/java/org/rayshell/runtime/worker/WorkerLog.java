package org.rayshell.runtime.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A worker's own logs in the session's folder, {@code w7.out} and {@code w7.err}: the process's
 * output and error, and what tasks print, beside its way to the cell. A log that has grown too
 * large goes on anew, and what it had until then is kept as {@code w7.out.1}. Thread-safe: a lock
 * for each file.
 */
public final class WorkerLog {
  private static final long MOST_BYTES = 4 << 20;

  private static final WorkerLog OUT = new WorkerLog(FileDescriptor.out);
  private static final WorkerLog ERR = new WorkerLog(FileDescriptor.err);

  private final FileOutputStream stream;
  private Path file;

  private WorkerLog(FileDescriptor descriptor) {
    stream = new FileOutputStream(descriptor);
  }

  /** Where the logs of this process are; before that they do not begin anew. */
  static void at(SessionDirectory session, int worker) {
    OUT.at(session.log(worker, false));
    ERR.at(session.log(worker, true));
  }

  private synchronized void at(Path path) {
    file = path;
  }

  /**
   * Writes a line to the log of errors, at once: a worker that dies may take with it what was not
   * sent yet, and its end is told by its log.
   */
  public static void keep(String line) {
    ERR.write(line + "\n");
  }

  /** Writes lines to the log of output. */
  public static void keepOutput(List<String> lines) {
    if (!lines.isEmpty()) {
      OUT.write(String.join("\n", lines) + "\n");
    }
  }

  private synchronized void write(String text) {
    try {
      if (file != null && stream.getChannel().position() > MOST_BYTES) {
        Path before = file.resolveSibling(file.getFileName() + ".1");
        Files.copy(file, before, StandardCopyOption.REPLACE_EXISTING);
        // The JVM writes to the descriptor, too: another file cannot be put in its place.
        stream.getChannel().truncate(0);
      }
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // No file, or a full disk: the cell gets the line all the same.
    }
  }
}
