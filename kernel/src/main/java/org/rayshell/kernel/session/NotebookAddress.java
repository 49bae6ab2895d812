package org.rayshell.kernel.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.rayshell.kernel.wire.Json;
import org.rayshell.kernel.wire.MalformedMessageException;

/**
 * Where JupyterLab opens the notebook of this kernel. The Jupyter server names the notebook in the
 * kernel's environment and tells its own address in a file beside the connection files. Under
 * another front end, or when the notebook has moved, nothing is known. Immutable, thread-safe.
 */
public final class NotebookAddress {
  /** Of a kernel that no Jupyter server has started. */
  public static final NotebookAddress UNKNOWN = new NotebookAddress(null, null);

  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "*");

  private final String notebook;
  private final Path server;

  /**
   * A page of JupyterLab; immutable.
   *
   * @param server the server's address, with a {@code /} at its end; null if it has none for
   *     browsers, as on a Unix-domain socket
   * @param path below it
   */
  public record Page(String server, String path) {}

  private NotebookAddress(String notebook, Path server) {
    this.notebook = notebook;
    this.server = server;
  }

  /**
   * As Jupyter tells it; nothing is read before somebody asks.
   *
   * @param environment of this process
   * @param connectionFile which is in the folder where servers keep theirs
   */
  public static NotebookAddress of(Map<String, String> environment, Path connectionFile) {
    String session = environment.get("JPY_SESSION_NAME");
    String pid = environment.get("JPY_PARENT_PID");
    // Other sessions are consoles, which have names.
    return session == null || !session.endsWith(".ipynb") || pid == null || !pid.matches("\\d+")
        ? UNKNOWN
        : new NotebookAddress(session, connectionFile.resolveSibling("jpserver-" + pid + ".json"));
  }

  /** The page that shows the cell of that id; empty if that is not known. */
  public Optional<Page> page(String cell) {
    if (cell == null || server == null) {
      return Optional.empty();
    }
    try {
      // The file has the server's token as well: no more than is needed is taken from it.
      JsonObject told = Json.parse(Files.readAllBytes(server));
      String address = address(text(told, "url"), text(told, "hostname"));
      return path(text(told, "root_dir"))
          .map(
              path -> new Page(address, "lab/tree/" + encoded(path) + "#cell-id=" + encoded(cell)));
    } catch (IOException | MalformedMessageException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  /** The notebook's path below the server's folder, which newer servers give with that folder. */
  private Optional<Path> path(String folder) {
    Path root = Path.of(folder).normalize();
    Path file = root.resolve(notebook).normalize();
    return file.startsWith(root) && Files.isRegularFile(file)
        ? Optional.of(root.relativize(file))
        : Optional.empty();
  }

  private static String address(String url, String host) {
    if (!url.matches("https?://.*")) {
      return null;
    }
    // Then the address has the machine's name, which its own browser may not know.
    String named = ALL_ADDRESSES.contains(host) ? url.replaceFirst("//[^:/]*", "//127.0.0.1") : url;
    return named.endsWith("/") ? named : named + "/";
  }

  private static String text(JsonObject told, String name) throws MalformedMessageException {
    JsonElement value = told.get(name);
    if (value == null || !value.isJsonPrimitive()) {
      throw new MalformedMessageException(name + " is missing");
    }
    return value.getAsString();
  }

  private static String encoded(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(part -> encoded(part.toString()))
        .collect(Collectors.joining("/"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
