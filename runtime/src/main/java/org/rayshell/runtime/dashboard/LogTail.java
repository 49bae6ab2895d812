package org.rayshell.runtime.dashboard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a log file, in whole lines; immutable.
 *
 * @param fileBytes size of the file; 0 if it is not there
 * @param cutBytes how much before these lines is not shown
 */
record LogTail(List<String> lines, long fileBytes, long cutBytes) {
  private static final int MOST_BYTES = 64 << 10;

  static LogTail of(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      byte[] bytes = new byte[(int) Math.min(size, MOST_BYTES)];
      in.seek(size - bytes.length);
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      int start = size > bytes.length ? text.indexOf('\n') + 1 : 0;
      String whole = text.substring(start);
      long shown = whole.getBytes(StandardCharsets.UTF_8).length;
      return new LogTail(whole.lines().toList(), size, Math.max(0, size - shown));
    } catch (IOException _) {
      // Nothing was written yet, it began anew just now, or the session is over.
      return new LogTail(List.of(), 0, 0);
    }
  }
}
