package org.rayshell.notebooks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Copies what a clone of the repository has, without what builds and launchers have made. */
final class FreshClone {
  private static final Set<String> MADE =
      Set.of(
          "target", ".git", ".rayshell", ".ipynb_checkpoints", "__pycache__", ".idea", ".vscode");

  private FreshClone() {}

  static void copyTo(Path clone) throws IOException {
    Files.walkFileTree(
        Project.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (MADE.contains(dir.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(in(clone, dir));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, in(clone, file), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path in(Path clone, Path file) {
    return clone.resolve(Project.ROOT.relativize(file).toString());
  }
}
