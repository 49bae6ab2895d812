package org.rayshell.kernel.bridge;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a log, and of the one before it that has the suffix {@code .1}. */
final class LogTail {
  private static final int MOST_BYTES = 1 << 20;

  private LogTail() {}

  /**
   * The last lines, so many at most; fewer if they are longer than a megabyte.
   *
   * @throws IOException if the file cannot be read
   */
  static List<String> of(Path file, int lines) throws IOException {
    List<String> last = last(file, lines);
    Path before = file.resolveSibling(file.getFileName() + ".1");
    if (last.size() < lines && Files.exists(before)) {
      List<String> all = new ArrayList<>(last(before, lines - last.size()));
      all.addAll(last);
      return all;
    }
    return last;
  }

  private static List<String> last(Path file, int lines) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - MOST_BYTES);
      log.seek(from);
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      // The first line may be the rest of one.
      int skip = Math.max(all.size() - lines, from > 0 && all.size() > 1 ? 1 : 0);
      return all.subList(skip, all.size());
    }
  }
}
