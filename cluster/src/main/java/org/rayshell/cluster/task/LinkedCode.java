package org.rayshell.cluster.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rayshell.RayException;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.runtime.code.CodeStore;
import org.rayshell.runtime.code.Export;

/**
 * The code of a session, which its gateway keeps. Jars that this machine does not have come by the
 * link, and stay in the folder of Ray's session for as long as that does. Thread-safe.
 */
record LinkedCode(GatewayLink link) implements CodeStore {
  @Override
  public void save(Export export) {
    link.export(export.hash(), export.bytes());
  }

  @Override
  public Export find(String hash) {
    byte[] bytes = link.export(hash);
    return bytes == null ? null : new Export(hash, bytes);
  }

  @Override
  public String classPath(String path) {
    if (Files.exists(Path.of(path))) {
      return path;
    }
    byte[] jar = link.file(path);
    if (jar == null) {
      throw new RayException(
          "the class path of the session has what this machine has not, and only jars are sent:"
              + " path="
              + path);
    }
    try {
      Path folder = Path.of(System.getProperty("ray.session-dir"), "rayshell-jars");
      Files.createDirectories(folder);
      Path kept = folder.resolve(Export.hash(jar) + ".jar");
      if (!Files.exists(kept)) {
        Path part = Files.createTempFile(folder, "jar-", ".part");
        Files.write(part, jar);
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      return kept.toString();
    } catch (IOException e) {
      throw new RayException("a jar of the session cannot be kept here: path=" + path, e);
    }
  }
}
