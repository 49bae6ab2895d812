package org.rayshell.kernel.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library. Its own way leaves a copy in the temp folder until the JVM ends in
 * order, and reads it once more to compare; here the copy is gone as soon as it is mapped.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private static boolean loaded;

  private SqliteLibrary() {}

  /**
   * Loads it, if it is not loaded.
   *
   * @throws IOException if it cannot be
   */
  static synchronized void load() throws IOException {
    // Somebody's wish on the command line is theirs.
    if (!loaded && isUnset(FOLDER) && isUnset(NAME)) {
      loadCopy();
    }
    initialize();
    loaded = true;
  }

  private static boolean isUnset(String property) {
    return System.getProperty(property) == null;
  }

  private static void loadCopy() throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library == null) {
        return;
      }
      // Only this user may write there before it is loaded.
      Path folder = Files.createTempDirectory("rayshell-sqlite");
      Path copy = folder.resolve(name);
      try {
        Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        System.setProperty(FOLDER, folder.toString());
        System.setProperty(NAME, name);
        initialize();
      } finally {
        System.clearProperty(FOLDER);
        System.clearProperty(NAME);
        remove(copy);
        remove(folder);
      }
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Where a mapped file cannot be removed.
      path.toFile().deleteOnExit();
    }
  }

  private static void initialize() throws IOException {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IOException("SQLite cannot be loaded: " + e.getMessage(), e);
    }
  }
}
