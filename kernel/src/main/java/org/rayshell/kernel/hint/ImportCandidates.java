package org.rayshell.kernel.hint;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Public types by their simple names: those of the JDK and of what was added to the class path. */
final class ImportCandidates {
  private static final int DEPTH = 20;

  private final Scope scope;

  ImportCandidates(Scope scope) {
    this.scope = scope;
  }

  /** Qualified names as an import has them, the JDK's own first; empty if there are none. */
  List<String> of(String name) {
    Set<String> binary = new TreeSet<>();
    inJdk(name, binary);
    for (Path each : scope.classPath()) {
      inClassPath(each, name, binary);
    }
    return binary.stream()
        .map(scope::type)
        .filter(each -> each != null && isPublic(each) && each.getCanonicalName() != null)
        .map(Class::getCanonicalName)
        .sorted(
            Comparator.comparing((String each) -> !each.startsWith("java."))
                .thenComparing(each -> each.startsWith("jdk."))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private void inJdk(String name, Set<String> found) {
    FileSystem jrt = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports each : module.getDescriptor().exports()) {
        if (!each.isQualified()) {
          Path folder = jrt.getPath("modules", module.getName(), each.source().replace('.', '/'));
          if (Files.exists(folder.resolve(name + ".class"))) {
            found.add(each.source() + "." + name);
          }
          if (scope.packages().contains(each.source())) {
            nested(folder, each.source(), name, found);
          }
        }
      }
    }
  }

  /** Members of types that need no import, such as {@code Map.Entry}. */
  private static void nested(Path folder, String ofPackage, String name, Set<String> found) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith("$" + name + ".class"))
          .forEach(each ->
              found.add(ofPackage + "." + each.substring(0, each.length() - ".class".length())));
    } catch (IOException _) {
      // No folder of the JDK, so there is nothing in it.
    }
  }

  private static void inClassPath(Path entry, String name, Set<String> found) {
    List<String> files = new ArrayList<>();
    String end = name + ".class";
    try {
      if (Files.isDirectory(entry)) {
        try (Stream<Path> all = Files.walk(entry, DEPTH)) {
          all.filter(each -> each.endsWith(end))
              .forEach(each -> files.add(entry.relativize(each).toString().replace('\\', '/')));
        }
      } else {
        try (JarFile jar = new JarFile(entry.toFile())) {
          jar.stream()
              .map(each -> each.getName())
              .filter(each -> each.endsWith("/" + end) && !each.startsWith("META-INF/"))
              .forEach(files::add);
        }
      }
    } catch (IOException _) {
      // Not to be read, as the compiler found, too.
    }
    for (String each : files) {
      found.add(each.substring(0, each.length() - ".class".length()).replace('/', '.'));
    }
  }
}
