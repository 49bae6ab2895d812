package org.rayshell.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a word names: one, or those that a pattern with {@code *}, {@code ?}, {@code []}
 * or {@code {}} fits, in any folder of it. A slash at the end means all that is in the folder.
 */
final class FileGlob {
  private FileGlob() {}

  /**
   * The files and folders, absolute, by name.
   *
   * @throws MagicException if there is none; names the word
   */
  static List<Path> find(String word) throws MagicException {
    if (!isPattern(word)) {
      Path path = UserPath.of(word);
      if (!Files.exists(path)) {
        throw new MagicException("there is no such file or folder: " + path.toAbsolutePath());
      }
      return List.of(path.toAbsolutePath().normalize());
    }
    String home = UserPath.home(word);
    String pattern = home.endsWith("/") ? home + "*" : home;
    List<String> parts = new ArrayList<>(List.of(pattern.split("/+")));
    Path folder = Path.of(pattern.startsWith("/") ? "/" : "");
    while (parts.size() > 1 && !isPattern(parts.getFirst())) {
      folder = folder.resolve(parts.removeFirst());
    }
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      throw new MagicException("there is no such folder: " + folder.toAbsolutePath());
    }
    List<Path> found = in(folder.toAbsolutePath().normalize(), parts);
    if (found.isEmpty()) {
      throw new MagicException("nothing matches " + word);
    }
    return found;
  }

  /** Whether it stands for several. */
  static boolean isPattern(String word) {
    return word.matches(".*[*?{\\[].*") || word.length() > 1 && word.endsWith("/");
  }

  private static List<Path> in(Path folder, List<String> parts) throws MagicException {
    PathMatcher name = FileSystems.getDefault().getPathMatcher("glob:" + parts.getFirst());
    List<Path> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path each : entries.sorted().toList()) {
        if (!name.matches(each.getFileName())) {
          continue;
        }
        if (parts.size() == 1) {
          found.add(each);
        } else if (Files.isDirectory(each)) {
          found.addAll(in(each, parts.subList(1, parts.size())));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new MagicException("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return found;
  }
}
