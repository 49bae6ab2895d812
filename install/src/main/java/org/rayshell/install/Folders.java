package org.rayshell.install;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Makes and removes folders. */
final class Folders {
  private Folders() {}

  /** Makes the folder and its missing parents; returns those made, the outermost first. */
  static List<Path> make(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.addFirst(at);
    }
    Files.createDirectories(folder);
    return missing;
  }

  /**
   * Removes the folder with all that is in it; nothing if there is none. Links are not followed.
   */
  static void removeTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes those of the folders that are empty, the innermost, which is last, first. */
  static void removeEmpty(List<Path> folders) throws IOException {
    for (Path folder : folders.reversed()) {
      try {
        Files.delete(folder);
      } catch (DirectoryNotEmptyException _) {
        return;
      } catch (NoSuchFileException _) {
        // Somebody was here before.
      }
    }
  }
}
