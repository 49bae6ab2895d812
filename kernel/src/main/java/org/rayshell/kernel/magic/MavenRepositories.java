package org.rayshell.kernel.magic;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.aether.repository.RemoteRepository;

/** The repositories that a session has added to those of Maven's settings. Thread-safe. */
final class MavenRepositories {
  /** What JBang and the settings call the one that is always there. */
  private static final Set<String> CENTRAL = Set.of("central", "mavencentral", "mavenCentral");

  // Guarded by itself; by id.
  private final Map<String, RemoteRepository> added = new LinkedHashMap<>();

  /** All of them in their order. */
  List<RemoteRepository> all() {
    synchronized (added) {
      return List.copyOf(added.values());
    }
  }

  /**
   * Adds one, or replaces the one of its id.
   *
   * @throws MagicException if the address is none
   */
  RemoteRepository add(String id, String url) throws MagicException {
    RemoteRepository repository = new RemoteRepository.Builder(id, "default", address(url)).build();
    synchronized (added) {
      added.put(id, repository);
    }
    return repository;
  }

  /** Adds what {@code ID=URL} or a URL says; nothing for Maven's own, which is there. */
  void add(String word) throws MagicException {
    if (CENTRAL.contains(word)) {
      return;
    }
    int equals = word.indexOf('=');
    boolean named = equals > 0 && word.substring(0, equals).matches("[\\w.-]+");
    String url = named ? word.substring(equals + 1) : word;
    add(named ? word.substring(0, equals) : url.replaceAll("[^\\w.-]+", "-"), url);
  }

  private static String address(String url) throws MagicException {
    if (url.startsWith("/") || url.startsWith("~/")) {
      return Path.of(UserPath.home(url)).toUri().toString();
    }
    try {
      URI uri = URI.create(url);
      if (uri.getScheme() != null && uri.isAbsolute() && !uri.isOpaque()) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new MagicException(
        "this is no address of a repository: "
            + url
            + "; write ID=URL, where the URL begins with"
            + " https:// or file://");
  }
}
