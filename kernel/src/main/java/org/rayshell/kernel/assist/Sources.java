package org.rayshell.kernel.assist;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds the source of classes: the JDK's in its {@code src.zip}, RayShell's API's in the kernel
 * itself, a library's in its sources jar, or else in its Javadoc. Thread-safe.
 */
final class Sources {
  private static final int MOST_FILES = 30;
  private static final String OWN = "/META-INF/sources/";

  private final Supplier<ClassLoader> loader;
  private final SourceJars jars;
  private final Path jdk;
  // Guarded by this, as are the files: those read last.
  private final Map<String, SoftReference<Declarations>> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Declarations>> eldest) {
          return size() > MOST_FILES;
        }
      };

  /**
   * @param loader of the classes that cells see
   * @param jars knows the sources jars of libraries
   * @param javaHome the JDK's
   */
  Sources(Supplier<ClassLoader> loader, SourceJars jars, Path javaHome) {
    this.loader = loader;
    this.jars = jars;
    this.jdk = zip(javaHome);
  }

  private static Path zip(Path home) {
    return Stream.of(
            home.resolve("lib/src.zip"), home.resolve("src.zip"), home.resolveSibling("src.zip"))
        .filter(Files::isReadable)
        .findFirst()
        .orElse(null);
  }

  /**
   * What is known of a class's source.
   *
   * @param file null if there is none; by a Javadoc it has comments alone
   * @param remark why there is none; empty if that needs no words
   */
  record Found(Declarations file, String remark) {}

  /** The source of a class that is in no other, by its binary name, or its Javadoc. */
  synchronized Found of(String className) {
    SoftReference<Declarations> known = read.get(className);
    Declarations file = known == null ? null : known.get();
    if (file != null) {
      return new Found(file, "");
    }
    try {
      return find(className);
    } catch (IOException | URISyntaxException e) {
      return new Found(null, "The source of " + className + " cannot be read: " + e.getMessage());
    }
  }

  /** What {@link #of} says changes with it. */
  long version() {
    return jars.version();
  }

  private Found find(String className) throws IOException, URISyntaxException {
    String path = className.replace('.', '/') + ".java";
    try (InputStream own = Sources.class.getResourceAsStream(OWN + path)) {
      if (own != null) {
        return keep(className, own);
      }
    }
    URL place = loader.get().getResource(className.replace('.', '/') + ".class");
    if (place == null) {
      return new Found(null, "");
    }
    if (place.getProtocol().equals("jrt")) {
      return jdk == null
          ? new Found(
              null,
              "No documentation: this JDK has no lib/src.zip. Use a JDK that has it, as those of"
                  + " adoptium.net, or install the package of its sources, such as"
                  + " openjdk-25-source.")
          : inZip(className, jdk, place.getPath().substring(1).replaceFirst("\\.class$", ".java"));
    }
    URLConnection opened = place.openConnection();
    if (!(opened instanceof JarURLConnection inJar)) {
      return new Found(null, "");
    }
    Path jar = Path.of(inJar.getJarFileURL().toURI());
    SourceJars.Found sources = jars.of(jar);
    if (sources.jar() != null) {
      return inZip(className, sources.jar(), path);
    }
    return sources.javadoc() == null
        ? new Found(null, sources.remark())
        : inJavadoc(className, sources.javadoc());
  }

  /** The pages of the class and of those in it, which may be below the name of a module. */
  private Found inJavadoc(String className, Path jar) throws IOException {
    String path = className.replace('.', '/');
    String simple = path.substring(path.lastIndexOf('/') + 1);
    Pattern page = Pattern.compile("(?:[^/]+/)?" + Pattern.quote(path) + "((?:\\.[^/]+)?)\\.html");
    Map<String, String> pages = new HashMap<>();
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      for (ZipEntry each : Collections.list(opened.entries())) {
        Matcher found = page.matcher(each.getName());
        if (found.matches()) {
          try (InputStream in = opened.getInputStream(each)) {
            pages.put(
                simple + found.group(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return pages.isEmpty() ? new Found(null, "") : keep(className, new JavadocPages(pages));
  }

  private Found inZip(String className, Path zip, String entry) throws IOException {
    try (ZipFile opened = new ZipFile(zip.toFile())) {
      ZipEntry found = opened.getEntry(entry);
      if (found == null) {
        return new Found(null, "");
      }
      try (InputStream in = opened.getInputStream(found)) {
        return keep(className, in);
      }
    }
  }

  private Found keep(String className, InputStream in) throws IOException {
    return keep(className, new SourceFile(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
  }

  private Found keep(String className, Declarations file) {
    read.put(className, new SoftReference<>(file));
    return new Found(file, "");
  }
}
