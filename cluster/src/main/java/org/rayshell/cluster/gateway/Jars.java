package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A class path as jars. */
final class Jars {
  private Jars() {}

  /**
   * The same in jars, in its order: a folder of classes becomes one.
   *
   * @param classPath jars and folders that exist
   * @param folder where jars are made
   */
  static List<Path> of(List<Path> classPath, Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path each : classPath) {
      jars.add(
          Files.isDirectory(each)
              ? packed(each, folder.resolve("classes-" + jars.size() + ".jar"))
              : each);
    }
    return jars;
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    // With one: of a jar with a single folder at its top Ray drops that folder.
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> all = Files.walk(classes)) {
      for (Path file :
          all.filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("META-INF/MANIFEST.MF"))
              .toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
