package org.rayshell.runtime.worker;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A worker's own logs in the session's folder, {@code w7.out} and {@code w7.err}: what tasks print,
 * beside its way to the cell, and what is printed outside of tasks. A log that would grow too large
 * goes on anew, and what it had until then is kept as {@code w7.out.1}. Writing never fails, not on
 * a full disk either. Thread-safe: a lock for each file.
 */
public final class WorkerLog extends OutputStream {
  private static final long MOST_BYTES = 4 << 20;

  /** What tasks print, and nothing that the JVM says: a task's output tells of no crash. */
  private static final WorkerLog OUT = new WorkerLog(FileDescriptor.out, MOST_BYTES);

  /** The process's own stderr, whose end tells how the worker ended. */
  private static final WorkerLog ERR = new WorkerLog(FileDescriptor.err, MOST_BYTES);

  private final long mostBytes;
  private FileOutputStream stream;
  private File file;

  private WorkerLog(FileDescriptor descriptor, long mostBytes) {
    this.stream = new FileOutputStream(descriptor);
    this.mostBytes = mostBytes;
  }

  /**
   * @param stream appends to the file, even if something else cuts that short
   */
  WorkerLog(FileOutputStream stream, Path file, long mostBytes) {
    this.stream = stream;
    this.file = file.toFile();
    this.mostBytes = mostBytes;
  }

  /** Where the logs of this process are; before that they do not begin anew. */
  static void at(SessionDirectory session, int worker) {
    OUT.open(session.log(worker, false).toFile());
    ERR.isAt(session.log(worker, true).toFile());
  }

  private synchronized void open(File path) {
    try {
      stream = new FileOutputStream(path, true);
      file = path;
    } catch (IOException _) {
      // The process's own stdout will do.
    }
  }

  private synchronized void isAt(File path) {
    file = path;
  }

  /** For what the process prints outside of tasks. */
  static OutputStream stream(boolean stderr) {
    return stderr ? ERR : OUT;
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

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    try {
      if (file != null && file.length() + length > mostBytes) {
        beginAnew();
      }
      stream.write(bytes, from, length);
    } catch (IOException _) {
      // No file, or a full disk: the cell gets the line all the same.
    }
  }

  private void beginAnew() throws IOException {
    // The JVM writes to the descriptor, too: another file cannot be put in its place. And nothing
    // here goes by the stream's channel: an interrupt of the task that prints would close both.
    try (RandomAccessFile log = new RandomAccessFile(file, "rw")) {
      try {
        Files.copy(
            file.toPath(), Path.of(file.getPath() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException _) {
        // No room for it: what comes now matters more.
      }
      log.setLength(0);
    }
  }
}
