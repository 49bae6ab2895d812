package org.rayshell.runtime.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files of the page, from the jar. Thread-safe.
 *
 * <p>Every page is the same file; what it shows is told by its address. Wherever a proxy puts the
 * dashboard, its addresses are relative to the root, which each page finds by its depth. The root
 * itself may be asked for without its last slash, so there it is as the proxy tells it, if it does.
 */
final class Pages {
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private static final Pattern PREFIX = Pattern.compile("(/[\\w.~%@+:-]+)+");

  private static final String BASE = "<base href=\"./\">";

  private Pages() {}

  /**
   * The page or file of that path; null if there is none.
   *
   * @param prefix the header {@code X-Forwarded-Prefix}: what the proxy puts before the path; may
   *     be null
   */
  static Reply of(String path, String prefix) {
    if (path.matches("/((tasks|workers|objects|logs)/?)?|/tasks/[^/]*")) {
      String html = new String(read("index.html"), StandardCharsets.UTF_8);
      int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
      boolean told = path.equals("/") && prefix != null && PREFIX.matcher(prefix).matches();
      String root = told ? prefix + "/" : depth == 0 ? "./" : "../".repeat(depth);
      String base = BASE.replace("./", root);
      return reply("text/html", html.replace(BASE, base).getBytes(StandardCharsets.UTF_8));
    }
    if (path.matches("/assets/[a-z]+\\.(js|css|svg)")) {
      byte[] bytes = read(path.substring("/assets/".length()));
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      return bytes == null
          ? null
          : reply(type, type.equals("text/javascript") ? flat(bytes) : bytes);
    }
    return null;
  }

  /** Without what begins lines to please who reads the source. */
  private static byte[] flat(byte[] script) {
    String text = new String(script, StandardCharsets.UTF_8);
    return text.replaceAll("(?m)^ +", "").getBytes(StandardCharsets.UTF_8);
  }

  private static Reply reply(String type, byte[] bytes) {
    return new Reply(200, type + "; charset=utf-8", bytes, Map.of()).tagged();
  }

  private static byte[] read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
