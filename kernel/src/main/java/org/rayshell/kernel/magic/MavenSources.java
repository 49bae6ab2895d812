package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.rayshell.kernel.assist.SourceJars;

/**
 * The sources of what {@code %maven} has added, or its Javadoc: beside its jars, or fetched when
 * they are first asked for, on a thread of their own. Thread-safe.
 */
public final class MavenSources implements SourceJars {
  private static final String SOURCES = "sources";
  private static final String JAVADOC = "javadoc";

  private final MavenRepositories repositories = new MavenRepositories();
  private final Path settings;
  private final Executor executor;
  private final Map<Path, Found> asked = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  /** Those of the user's Maven. */
  public MavenSources() {
    this(
        Path.of(System.getProperty("user.home"), ".m2", "settings.xml"),
        task -> Thread.ofPlatform().name("kernel-sources").daemon().start(task));
  }

  /**
   * @param executor runs what fetches
   */
  MavenSources(Path settings, Executor executor) {
    this.settings = settings;
    this.executor = executor;
  }

  /** The repositories of the session, which sources come from, too. */
  MavenRepositories repositories() {
    return repositories;
  }

  @Override
  public Found of(Path jar) {
    String name = jar.getFileName().toString();
    Path beside = beside(jar, SOURCES);
    if (Files.isReadable(beside)) {
      return Found.sources(beside);
    }
    Found known = asked.get(jar);
    if (known != null) {
      return known;
    }
    Found fetching = Found.nothing("The sources of " + name + " are being fetched: ask again.");
    if (asked.putIfAbsent(jar, fetching) == null) {
      executor.execute(() -> {
        asked.put(jar, fetched(jar));
        version.incrementAndGet();
      });
    }
    return asked.get(jar);
  }

  @Override
  public long version() {
    return version.get();
  }

  private Found fetched(Path jar) {
    String name = jar.getFileName().toString();
    Path pages = beside(jar, JAVADOC);
    try {
      MavenSettings read = MavenSettings.read(settings);
      if (coordinate(read.localRepository(), jar, SOURCES) == null) {
        return Files.isReadable(pages)
            ? Found.javadoc(pages)
            : Found.nothing(
                "No documentation: there is no "
                    + beside(jar, SOURCES).getFileName()
                    + " beside the jar.");
      }
      try {
        return Found.sources(fetch(read, jar, SOURCES));
      } catch (MagicException e) {
        return withoutSources(read, jar, e);
      }
    } catch (MagicException | RuntimeException e) {
      return Found.nothing(without(name, e));
    }
  }

  private Found withoutSources(MavenSettings read, Path jar, MagicException why) {
    try {
      return Found.javadoc(fetch(read, jar, JAVADOC));
    } catch (MagicException _) {
      return Found.nothing(without(jar.getFileName().toString(), why));
    }
  }

  private static String without(String name, Exception why) {
    return "No documentation: the sources of "
        + name
        + " cannot be had, nor its Javadoc: "
        + why.getMessage();
  }

  private Path fetch(MavenSettings read, Path jar, String classifier) throws MagicException {
    String coordinate = coordinate(read.localRepository(), jar, classifier);
    MavenRequest request = MavenRequest.of(List.of(coordinate), List.of("*"), false);
    return new MavenResolver(read, repositories.all(), new AbstractTransferListener() {})
        .resolve(request)
        .getFirst();
  }

  private static Path beside(Path jar, String classifier) {
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    return jar.resolveSibling(name + "-" + classifier + ".jar");
  }

  /** {@code group:artifact:jar:sources:version}, as the jar's place tells; null if it does not. */
  static String coordinate(Path repository, Path jar, String classifier) {
    if (!jar.startsWith(repository) || jar.getNameCount() - repository.getNameCount() < 4) {
      return null;
    }
    Path place = repository.relativize(jar);
    int names = place.getNameCount();
    String version = place.getName(names - 2).toString();
    String artifact = place.getName(names - 3).toString();
    String group =
        place.subpath(0, names - 3).toString().replace(jar.getFileSystem().getSeparator(), ".");
    return String.join(":", group, artifact, "jar", classifier, version);
  }
}
