package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files of text in UTF-8 that magics read and write. */
final class TextFile {
  private TextFile() {}

  /**
   * The text of a file.
   *
   * @throws MagicException if it is not there or no text; names the file
   */
  static String read(Path file) throws MagicException {
    if (!Files.exists(file)) {
      throw new MagicException("there is no such file: " + file.toAbsolutePath());
    }
    if (Files.isDirectory(file)) {
      throw new MagicException(file + " is a folder, not a file");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MagicException(file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new MagicException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a file, or appends to it.
   *
   * @throws MagicException if it cannot be written; names the file and what to do
   */
  static void write(Path file, String text, boolean append) throws MagicException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new MagicException(
          "there is no folder " + folder + ": make it first, such as by !mkdir -p " + folder);
    }
    if (Files.isDirectory(file)) {
      throw new MagicException(file + " is a folder: name a file in it");
    }
    try {
      Files.writeString(
          file,
          text,
          StandardOpenOption.CREATE,
          append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new MagicException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
