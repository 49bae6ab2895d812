package org.rayshell.kernel.assist;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.rayshell.Ray;
import org.slf4j.event.Level;

/**
 * The names of the types that cells can import: those of the JDK's exported packages, of the class
 * path that cells have added, and of RayShell's API. Whether one is public the compiler knows.
 * Thread-safe.
 */
final class TypeIndex {
  private static final String CLASS = ".class";

  /** The types of packages: simple names by the package. */
  private record Part(NavigableMap<String, Set<String>> packages) {
    void add(String file) {
      int slash = file.lastIndexOf('/');
      String name = file.substring(slash + 1, file.length() - CLASS.length());
      if (slash > 0 && !name.contains("$") && !name.endsWith("-info")) {
        packages
            .computeIfAbsent(file.substring(0, slash).replace('/', '.'), _ -> new TreeSet<>())
            .add(name);
      }
    }
  }

  private static final class Jdk {
    static final Map<String, Set<String>> PACKAGES_OF_MODULES = new TreeMap<>();
    static final Part PART = read();

    private static Part read() {
      Part all = new Part(new TreeMap<>());
      for (ModuleReference each : ModuleFinder.ofSystem().findAll()) {
        Set<String> exported = new TreeSet<>();
        for (ModuleDescriptor.Exports exports : each.descriptor().exports()) {
          if (!exports.isQualified()) {
            exported.add(exports.source());
          }
        }
        PACKAGES_OF_MODULES.put(each.descriptor().name(), exported);
        if (exported.isEmpty()) {
          continue;
        }
        try (ModuleReader reader = each.open();
            Stream<String> files = reader.list()) {
          files
              .filter(file -> file.endsWith(CLASS) && exported.contains(packageOf(file)))
              .forEach(all::add);
        } catch (IOException e) {
          // Without the types of that module.
        }
      }
      return all;
    }

    private static String packageOf(String file) {
      return file.substring(0, Math.max(0, file.lastIndexOf('/'))).replace('/', '.');
    }
  }

  private final Supplier<List<Path>> classPath;
  private final Map<Path, Part> libraries = new ConcurrentHashMap<>();

  /**
   * @param classPath what cells have added to it so far
   */
  TypeIndex(Supplier<List<Path>> classPath) {
    this.classPath = classPath;
  }

  /** The names of the JDK's modules. */
  Set<String> modules() {
    parts();
    return Jdk.PACKAGES_OF_MODULES.keySet();
  }

  /** The packages that a module exports. */
  Set<String> exportsOf(String module) {
    parts();
    return Jdk.PACKAGES_OF_MODULES.getOrDefault(module, Set.of());
  }

  /** The simple names of a package's types. */
  Set<String> typesOf(String packageName) {
    Set<String> found = new TreeSet<>();
    parts().forEach(part -> found.addAll(part.packages.getOrDefault(packageName, Set.of())));
    return found;
  }

  /** What follows the package's name in those of others: {@code util} after {@code java}. */
  Set<String> packagesIn(String packageName) {
    String prefix = packageName.isEmpty() ? "" : packageName + ".";
    Set<String> found = new TreeSet<>();
    for (Part part : parts()) {
      for (String each : part.packages.tailMap(prefix, false).keySet()) {
        if (!each.startsWith(prefix)) {
          break;
        }
        int dot = each.indexOf('.', prefix.length());
        found.add(each.substring(prefix.length(), dot < 0 ? each.length() : dot));
      }
    }
    return found;
  }

  /** The qualified names of types whose simple names fit. */
  List<String> fitting(Begun begun) {
    List<String> found = new ArrayList<>();
    for (Part part : parts()) {
      part.packages.forEach((packageName, types) -> {
        for (String each : types) {
          int fit = begun.fit(each);
          if (fit == Begun.AS_TYPED || fit == Begun.BY_HUMPS) {
            found.add(packageName + "." + each);
          }
        }
      });
    }
    return found;
  }

  /** The qualified names of the types of that simple name. */
  List<String> named(String simple) {
    List<String> found = new ArrayList<>();
    for (Part part : parts()) {
      part.packages.forEach((packageName, types) -> {
        if (types.contains(simple)) {
          found.add(packageName + "." + simple);
        }
      });
    }
    return found;
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(Jdk.PART);
    parts.add(own(Ray.class));
    parts.add(own(Level.class));
    for (Path each : classPath.get()) {
      parts.add(libraries.computeIfAbsent(each, path -> read(path, null)));
    }
    return parts;
  }

  /** The public package of a class of the kernel's own class path, of which cells see all. */
  private Part own(Class<?> member) {
    return libraries.computeIfAbsent(
        Path.of(member.getPackageName()),
        _ -> {
          try {
            Path place =
                Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
            return read(place, member.getPackageName());
          } catch (URISyntaxException e) {
            return new Part(new TreeMap<>());
          }
        });
  }

  private static Part read(Path jarOrFolder, String onlyPackage) {
    Part all = new Part(new TreeMap<>());
    try {
      if (Files.isDirectory(jarOrFolder)) {
        try (Stream<Path> files = Files.walk(jarOrFolder)) {
          files
              .map(each -> jarOrFolder.relativize(each).toString().replace(File.separatorChar, '/'))
              .filter(each -> each.endsWith(CLASS))
              .forEach(all::add);
        }
      } else {
        try (ZipFile jar = new ZipFile(jarOrFolder.toFile())) {
          jar.stream()
              .map(ZipEntry::getName)
              .filter(each -> each.endsWith(CLASS) && !each.startsWith("META-INF/"))
              .forEach(all::add);
        }
      }
    } catch (IOException e) {
      // What cannot be read offers nothing.
    }
    if (onlyPackage != null) {
      all.packages.keySet().retainAll(Set.of(onlyPackage));
    }
    return all;
  }
}
