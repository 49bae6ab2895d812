package org.rayshell.kernel.hint;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The simple names of the JDK's types in some of its packages. */
final class PublicTypes {
  private PublicTypes() {}

  /** Of these packages and of {@code java.lang}; what is no package of the JDK has none. */
  static List<String> of(Collection<String> packages) {
    FileSystem jrt = FileSystems.getFileSystem(URI.create("jrt:/"));
    List<String> names = new ArrayList<>();
    for (Module module : ModuleLayer.boot().modules()) {
      Stream.concat(Stream.of("java.lang"), packages.stream())
          .filter(module.getPackages()::contains)
          .map(each -> jrt.getPath("modules", module.getName(), each.replace('.', '/')))
          .forEach(each -> names(each, names));
    }
    return names;
  }

  private static void names(Path folder, List<String> names) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith(".class") && each.indexOf('$') < 0)
          .map(each -> each.substring(0, each.length() - ".class".length()))
          .forEach(names::add);
    } catch (IOException _) {
      // A module of the class path's, which has no folder in the JDK.
    }
  }
}
