package org.rayshell.kernel.history;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.session.History;
import org.rayshell.kernel.session.MemoryHistory;

/** Where the history is kept. */
public final class HistoryFile {
  /** The environment variable that names another file; {@code :memory:} or nothing for none. */
  public static final String VARIABLE = "RAYSHELL_HISTORY";

  private HistoryFile() {}

  /** The history that an environment asks for; no file is touched before it is needed. */
  public static History open(Map<String, String> environment) {
    try {
      Path file = path(environment);
      return file == null ? new MemoryHistory() : new StoredHistory(file);
    } catch (InvalidPathException e) {
      Log.once("the history is not kept: " + VARIABLE + " or the home is no path: " + e);
      return new MemoryHistory();
    }
  }

  /** The file; null if nothing is to be kept. */
  static Path path(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    if (named != null) {
      return named.isBlank() || named.equals(":memory:") ? null : Path.of(named).toAbsolutePath();
    }
    Path folder = absolute(environment.get("XDG_DATA_HOME"));
    if (folder == null) {
      // The JVM's user.home is that of the user database, whatever HOME says.
      Path home = absolute(environment.get("HOME"));
      folder =
          (home == null ? Path.of(System.getProperty("user.home")) : home)
              .resolve(".local")
              .resolve("share");
    }
    return folder.resolve("rayshell").resolve("history.sqlite");
  }

  /** The path, or null: by the XDG rules a relative one is to be ignored. */
  private static Path absolute(String path) {
    return path != null && Path.of(path).isAbsolute() ? Path.of(path) : null;
  }
}
