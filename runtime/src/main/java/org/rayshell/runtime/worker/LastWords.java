package org.rayshell.runtime.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what tasks write to stderr in the worker's own log too, on its way to the cell: a worker
 * that dies may take with it what was not sent yet, and its end is told by its log. Thread-safe.
 */
public final class LastWords {
  /** The log begins anew beyond this; only its end is ever read. */
  private static final long MOST_BYTES = 1 << 20;

  private static final FileOutputStream LOG = new FileOutputStream(FileDescriptor.err);

  private LastWords() {}

  /** Writes a line at once. */
  public static synchronized void keep(String line) {
    try {
      FileChannel file = LOG.getChannel();
      if (file.position() > MOST_BYTES) {
        file.truncate(0);
      }
      LOG.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // No file, or a full disk: the cell gets the line all the same.
    }
  }
}
