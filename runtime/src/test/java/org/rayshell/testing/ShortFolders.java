package org.rayshell.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Makes temp folders with names so short that sockets fit in. */
public final class ShortFolders implements TempDirFactory {
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
      throws IOException {
    String name = "rs" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name));
  }
}
