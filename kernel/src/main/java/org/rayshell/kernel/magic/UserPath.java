package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files as they are named in magics: {@code ~} is the home folder. */
final class UserPath {
  /** No front end lists more well. */
  private static final int MOST_COMPLETIONS = 500;

  private UserPath() {}

  /**
   * The file that is meant, relative to the working folder unless it is absolute.
   *
   * @throws MagicException if no file can be called so
   */
  static Path of(String word) throws MagicException {
    try {
      return Path.of(home(word));
    } catch (InvalidPathException e) {
      throw new MagicException("no file can be called " + word + ": " + e.getReason(), e);
    }
  }

  /** The word with the home folder in place of a {@code ~} at its beginning. */
  static String home(String word) {
    return word.equals("~") || word.startsWith("~/")
        ? System.getProperty("user.home") + word.substring(1)
        : word;
  }

  /** The files and folders whose names begin so; folders end in a slash. */
  static List<String> completions(String begun) {
    int slash = begun.lastIndexOf('/') + 1;
    String folder = begun.substring(0, slash);
    String name = begun.substring(slash);
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : home(folder)))) {
      for (Path each : entries) {
        String entry = each.getFileName().toString();
        if (entry.startsWith(name) && (name.startsWith(".") || !entry.startsWith("."))) {
          found.add(quoted(folder + entry + (Files.isDirectory(each) ? "/" : "")));
        }
        if (found.size() == MOST_COMPLETIONS) {
          break;
        }
      }
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  private static String quoted(String path) {
    return path.contains(" ") ? "\"" + path + "\"" : path;
  }
}
