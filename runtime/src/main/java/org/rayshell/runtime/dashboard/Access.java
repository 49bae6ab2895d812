package org.rayshell.runtime.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.rayshell.runtime.worker.SystemRandom;

/**
 * Decides who may read the dashboard: the user who runs it, and whoever shows its token. Immutable,
 * thread-safe.
 *
 * <p>A page of a foreign origin cannot read the answers, for there is no CORS header; nor can it
 * rename itself to us, for the Host header is checked. The Jupyter server that has started this
 * process may ask under its own name: its proxy passes on what its users ask for, and it has
 * checked who they are. On a JupyterHub all users' browsers come through proxies of other names, so
 * there every request needs the token, which a foreign page does not have.
 */
final class Access {
  private static final int TOKEN_BYTES = 24;
  private static final int LONGEST_TOKEN = 256;

  private final SameUser sameUser;
  private final boolean tokenAlways;
  private final boolean tokenInLink;
  private final String cookiePath;
  private final String token;
  private final OptionalLong jupyter;

  private Access(SameUser sameUser, boolean tokenAlways, String cookiePath, OptionalLong jupyter) {
    this.sameUser = sameUser;
    this.tokenAlways = tokenAlways;
    // Looked up once: the link is asked for again and again, and by the io loop.
    this.tokenInLink = tokenAlways || !sameUser.isPossible();
    this.cookiePath = cookiePath;
    this.jupyter = jupyter;
    this.token = HexFormat.of().formatHex(SystemRandom.bytes(TOKEN_BYTES));
  }

  /** The rules of this machine and environment, with a new token. */
  static Access create(SameUser sameUser, Map<String, String> environment, int port) {
    boolean hub = environment.containsKey("JUPYTERHUB_USER");
    // Other users' servers share the hub's host name: the cookie must not go to them.
    String path =
        hub
            ? environment.getOrDefault("JUPYTERHUB_SERVICE_PREFIX", "/") + "proxy/" + port + "/"
            : "/";
    String jupyter = environment.getOrDefault("JPY_PARENT_PID", "");
    return new Access(
        sameUser,
        hub,
        path,
        jupyter.matches("[1-9]\\d{0,17}")
            ? OptionalLong.of(Long.parseLong(jupyter))
            : OptionalLong.empty());
  }

  /** The secret that a link carries. */
  String token() {
    return token;
  }

  /** Whether the plain address works for nobody. */
  boolean needsTokenInLink() {
    return tokenInLink;
  }

  /** Why this request is refused; empty if it is not. May set the cookie. */
  Optional<Reply> refusal(HttpExchange exchange, Query query) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.of(
          Reply.error(405, "method_not_allowed", "Only GET and HEAD: method=" + method)
              .with("Allow", "GET, HEAD"));
    }
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (!tokenAlways
        && !isOurHost(host, exchange.getLocalAddress().getPort())
        && !isFromJupyter(exchange)) {
      return Optional.of(
          Reply.error(
              403,
              "foreign_host",
              "This dashboard answers as 127.0.0.1 and localhost, each with its own port, and by the"
                  + " proxy of the Jupyter server that runs this kernel: host="
                  + host));
    }
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (!tokenAlways && origin != null && !isOrigin(origin, host)) {
      return Optional.of(
          Reply.error(
              403, "foreign_origin", "Pages of other origins may not ask: origin=" + origin));
    }
    if (isOurToken(query.first("token"))) {
      exchange
          .getResponseHeaders()
          .add(
              "Set-Cookie",
              cookieName(exchange)
                  + "="
                  + token
                  + "; Path="
                  + cookiePath
                  + "; HttpOnly; SameSite=Strict");
      return Optional.empty();
    }
    if (isOurToken(cookie(exchange))
        || !tokenAlways
            && isLoopback(exchange)
            && sameUser.isOurs(exchange.getRemoteAddress(), exchange.getLocalAddress())) {
      return Optional.empty();
    }
    return Optional.of(
        Reply.error(
            403,
            "token_needed",
            "This dashboard is private to the user who runs it: open it by its link with the"
                + " token."));
  }

  private static boolean isLoopback(HttpExchange exchange) {
    InetSocketAddress peer = exchange.getRemoteAddress();
    return peer.getAddress().isLoopbackAddress();
  }

  private boolean isFromJupyter(HttpExchange exchange) {
    return jupyter.isPresent()
        && isLoopback(exchange)
        && sameUser.isOf(
            jupyter.getAsLong(), exchange.getRemoteAddress(), exchange.getLocalAddress());
  }

  /** Jupyter, and so what it passes on, may be on https. */
  private static boolean isOrigin(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static boolean isOurHost(String host, int port) {
    if (host == null) {
      return false;
    }
    return Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port)
        .contains(host.toLowerCase(java.util.Locale.ROOT));
  }

  private boolean isOurToken(String shown) {
    return shown != null
        && shown.length() <= LONGEST_TOKEN
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Cookies are shared by all ports of a host, so the name tells ours apart. */
  private static String cookieName(HttpExchange exchange) {
    return "rayshell-" + exchange.getLocalAddress().getPort();
  }

  private static String cookie(HttpExchange exchange) {
    String start = cookieName(exchange) + "=";
    List<String> headers = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    for (String header : headers) {
      for (String pair : header.split(";")) {
        if (pair.strip().startsWith(start)) {
          return pair.strip().substring(start.length());
        }
      }
    }
    return null;
  }
}
