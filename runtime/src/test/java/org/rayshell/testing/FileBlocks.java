package org.rayshell.testing;

import java.io.IOException;
import java.nio.file.Path;

/** What a file takes of memory or a disk, which may be less than its size. */
public final class FileBlocks {
  private FileBlocks() {}

  /** Its bytes that have pages, or blocks of a disk; of what a link leads to. */
  public static long bytes(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-L", "-c", "%b %B", file.toString()).start();
    try (var out = stat.inputReader()) {
      String[] numbers = out.readLine().split(" ");
      return Long.parseLong(numbers[0]) * Long.parseLong(numbers[1]);
    } finally {
      stat.onExit().join();
    }
  }
}
