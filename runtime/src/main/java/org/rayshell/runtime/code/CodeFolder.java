package org.rayshell.runtime.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Exports that values refer to, one file each in the session's directory. Thread-safe, among
 * processes too.
 */
final class CodeFolder implements CodeStore {
  private final Path directory;

  /**
   * That directory.
   *
   * @param directory the session's; null if this process has none, which then keeps nothing
   */
  CodeFolder(Path directory) {
    this.directory = directory;
  }

  @Override
  public void save(Export export) {
    if (directory == null || Files.exists(file(export.hash()))) {
      return;
    }
    try {
      Path part = Files.createTempFile(directory, "code-", ".part");
      Files.write(part, export.bytes());
      Files.move(part, file(export.hash()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the code of a value: " + e, e);
    }
  }

  @Override
  public Export find(String hash) {
    if (directory == null) {
      return null;
    }
    try {
      Export found = new Export(hash, Files.readAllBytes(file(hash)));
      return found.isGenuine() ? found : null;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the code of a value: " + e, e);
    }
  }

  private Path file(String hash) {
    return directory.resolve("code-" + hash);
  }
}
