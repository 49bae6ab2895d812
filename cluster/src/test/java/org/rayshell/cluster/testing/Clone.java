package org.rayshell.cluster.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The clone that is tested, and who may change what in it. Thread-safe. */
public final class Clone {
  /** Its root. */
  public static final Path ROOT = root();

  private Clone() {}

  /**
   * Keeps others off what has this name until the result is closed, in whatever process they are:
   * tests run in two, and there may be two builds. The threads of one process have to see to it
   * themselves that only one asks.
   */
  public static FileChannel lock(String name) throws IOException {
    Path locks = Files.createDirectories(ROOT.resolve(".rayshell/locks"));
    FileChannel channel =
        FileChannel.open(locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(at.resolve("install/kernel"))) {
      at = at.getParent();
      if (at == null) {
        throw new IllegalStateException("not run inside a clone: " + Path.of("").toAbsolutePath());
      }
    }
    return at;
  }
}
