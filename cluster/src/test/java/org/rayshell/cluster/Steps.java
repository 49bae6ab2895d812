package org.rayshell.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import org.rayshell.ObjectRef;

/** A function whose calls are short, but for those that wait for another one. */
final class Steps {
  /** The number whose process dies. */
  static final int DIES = -100;

  private Steps() {}

  /** The number, once the file is there that is awaited; makes the other. Each may be "". */
  static int step(int number, String awaited, String made)
      throws IOException, InterruptedException {
    if (number == DIES) {
      Runtime.getRuntime().halt(3);
    }
    if (!awaited.isEmpty()) {
      await(Path.of(awaited));
    }
    if (!made.isEmpty()) {
      Files.createFile(Path.of(made));
    }
    return number;
  }

  /** What the task makes that the first ref is of, after the file is there that it waits for. */
  static int release(List<ObjectRef<Integer>> refs, String mark) throws IOException {
    if (!Files.exists(Path.of(mark))) {
      Files.createFile(Path.of(mark));
    }
    return refs.getFirst().get();
  }

  private static void await(Path file) throws IOException, InterruptedException {
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      file.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(file)) {
        watch.take().reset();
      }
    }
  }
}
