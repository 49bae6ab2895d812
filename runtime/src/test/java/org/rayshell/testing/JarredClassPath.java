package org.rayshell.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The class path of the tests as users have it, all of it jars. From a folder each class that is
 * loaded needs a file descriptor, and one that is not to be had then is missing for ever.
 */
public final class JarredClassPath {
  private JarredClassPath() {}

  /** This JVM's class path, with jars in the given folder for those entries that are folders. */
  public static String in(Path folder) {
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!Files.isDirectory(Path.of(entry))) {
        entries.add(entry);
        continue;
      }
      String file = folder.resolve(entries.size() + ".jar").toString();
      int code = jar.run(System.out, System.err, "--create", "--file", file, "-C", entry, ".");
      if (code != 0) {
        throw new AssertionError("jar failed: exitCode=" + code + ", folder=" + entry);
      }
      entries.add(file);
    }
    return String.join(File.pathSeparator, entries);
  }
}
