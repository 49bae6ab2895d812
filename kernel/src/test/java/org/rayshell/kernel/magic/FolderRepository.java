package org.rayshell.kernel.magic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A repository of Maven in a folder. */
record FolderRepository(Path folder) {
  /** Puts in an artifact of group {@code t} and version 1: its project, and a jar of the files. */
  void add(String name, String packaging, String project, Map<String, byte[]> files)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve("t").resolve(name).resolve("1"));
    String written = project(name, "<packaging>" + packaging + "</packaging>" + project);
    write(place.resolve(name + "-1.pom"), written.getBytes(StandardCharsets.UTF_8));
    if (packaging.equals("pom")) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        jar.putNextEntry(new JarEntry(each.getKey()));
        jar.write(each.getValue());
      }
    }
    write(place.resolve(name + "-1.jar"), bytes.toByteArray());
  }

  /** A file with its checksum. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest(bytes);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".sha1"), HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A jar that needs another of these artifacts; empty for none. */
  void add(String name, String needs) throws IOException {
    String dependencies =
        needs.isEmpty() ? "" : "<dependencies>" + dependency(needs, "1") + "</dependencies>";
    add(name, "jar", dependencies, Map.of(name + ".txt", name.getBytes(StandardCharsets.UTF_8)));
  }

  /** A dependency on one of these artifacts; without a version if that is empty. */
  static String dependency(String name, String version) {
    return "<dependency><groupId>t</groupId><artifactId>"
        + name
        + "</artifactId>"
        + (version.isEmpty() ? "" : "<version>" + version + "</version>")
        + "</dependency>";
  }

  /** A project with that name in it. */
  static String project(String name, String content) {
    return "<project><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>"
        + name
        + "</artifactId><version>1</version>"
        + content
        + "</project>";
  }
}
