package org.rayshell.runtime.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which build this is. */
final class Version {
  private Version() {}

  /** The Java that runs, {@code 25.0.1}. */
  static String java() {
    Runtime.Version version = Runtime.version();
    return version.feature() + "." + version.interim() + "." + version.update();
  }

  /** The version that Maven wrote into the jar; {@code dev} when run from class folders. */
  static String text() {
    String file = "/META-INF/maven/org.rayshell/rayshell-runtime/pom.properties";
    try (InputStream in = Version.class.getResourceAsStream(file)) {
      if (in == null) {
        return "dev";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "dev");
    } catch (IOException _) {
      return "dev";
    }
  }
}
