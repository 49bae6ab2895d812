package org.rayshell.runtime.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Ends a worker whose driver has died: the driver holds the other end of the worker's stdin, and
 * the system closes it however the driver dies, even before the worker has connected. Tasks read an
 * empty stdin. The first worker that notices takes the others along: one that was stopped cannot.
 */
public final class OrphanWatch {
  private OrphanWatch() {}

  /** Starts the watch; the first thing that a worker does. */
  public static void install(Path session) {
    InputStream driver = new FileInputStream(FileDescriptor.in);
    System.setIn(InputStream.nullInputStream());
    Thread.ofPlatform()
        .name("rayshell-orphan-watch")
        .daemon()
        .start(() -> haltAtEnd(driver, session));
  }

  private static void haltAtEnd(InputStream driver, Path session) {
    try {
      while (driver.read() >= 0) {
        // Nobody writes; only the end counts.
      }
    } catch (IOException _) {
      // As good as its end.
    }
    try {
      SessionDirectory.killWorkers(session);
    } finally {
      // No shutdown hooks: a task's may block, and there is nobody left to do anything for.
      Runtime.getRuntime().halt(1);
    }
  }
}
