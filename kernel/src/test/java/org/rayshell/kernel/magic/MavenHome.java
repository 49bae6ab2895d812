package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A home of Maven's in a folder, for the whole JVM until it is closed. */
final class MavenHome implements AutoCloseable {
  private static final List<String> PROPERTIES = List.of("user.home", "maven.repo.local");

  private final Map<String, String> former = new HashMap<>();

  /** With these settings, without the element around them. */
  MavenHome(Path folder, String settings) throws IOException {
    Files.createDirectories(folder.resolve(".m2"));
    Files.writeString(folder.resolve(".m2/settings.xml"), "<settings>" + settings + "</settings>");
    PROPERTIES.forEach(each -> former.put(each, System.getProperty(each)));
    System.setProperty("user.home", folder.toString());
    System.setProperty("maven.repo.local", folder.resolve("local").toString());
  }

  @Override
  public void close() {
    former.forEach((name, value) -> {
      if (value == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
