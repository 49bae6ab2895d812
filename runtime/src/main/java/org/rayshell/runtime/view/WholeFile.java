package org.rayshell.runtime.view;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are whole or not there. */
final class WholeFile {
  /** Writes what is to be in the file. */
  interface Content {
    void write(Writer out) throws IOException;
  }

  private WholeFile() {}

  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        content.write(out);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
