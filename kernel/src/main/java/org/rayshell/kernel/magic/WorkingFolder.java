package org.rayshell.kernel.magic;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that relative paths start from, in this process and in those it starts. The JDK cannot
 * change it: {@code chdir} does, and the two places where the JDK keeps its name are told, so that
 * {@code toAbsolutePath} and {@code getAbsoluteFile} say the truth.
 */
final class WorkingFolder {
  private WorkingFolder() {}

  /** Where it is now. */
  static Path current() {
    return Path.of("").toAbsolutePath();
  }

  /**
   * Changes it.
   *
   * @throws MagicException if there is no such folder, or this JVM does not let it be changed
   */
  static synchronized void change(Path folder) throws MagicException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new MagicException(
          Files.exists(absolute)
              ? absolute + " is no folder"
              : "there is no such folder: " + absolute);
    }
    try {
      Object files = FileSystems.getDefault();
      Field ofPaths = field(files.getClass(), "defaultDirectory");
      Field ofStreams = field(java.io.File.class, "FS");
      Object streams = ofStreams.get(null);
      Field ofFiles = field(streams.getClass(), "userDir");
      if (!NativeProcess.enter(absolute.toString())) {
        throw new MagicException(absolute + " cannot be entered");
      }
      ofPaths.set(files, absolute.toString().getBytes(StandardCharsets.UTF_8));
      ofFiles.set(streams, absolute.toString());
      System.setProperty("user.dir", absolute.toString());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new MagicException(
          "this JVM does not let its folder be changed: start the kernel with"
              + " --add-opens=java.base/sun.nio.fs=ALL-UNNAMED and"
              + " --add-opens=java.base/java.io=ALL-UNNAMED, as its installer does",
          e);
    }
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(type.getName() + "." + name);
  }
}
