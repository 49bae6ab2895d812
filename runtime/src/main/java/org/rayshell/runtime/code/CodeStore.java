package org.rayshell.runtime.code;

import java.nio.file.Path;

/**
 * Exports that values refer to: whoever decodes such a value may never have been sent its code.
 * Thread-safe.
 */
public interface CodeStore {
  /** Keeps an export. */
  void save(Export export);

  /** An export that was kept; null if it was not. */
  Export find(String hash);

  /**
   * Where an entry of the session's class path is for this process.
   *
   * @param path where it is for the driver
   */
  default String classPath(String path) {
    return path;
  }

  /**
   * The store of the processes of one machine's session.
   *
   * @param directory the session's; null if this process has none, which then keeps nothing
   */
  static CodeStore in(Path directory) {
    return new CodeFolder(directory);
  }
}
