package org.rayshell.runtime.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.rayshell.runtime.view.ClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard of a session: a page and its JSON over HTTP, on this machine's loopback address
 * alone. It reads the {@link ClusterView} and changes nothing. Thread-safe.
 *
 * <p>The JDK's server accepts on one daemon thread; each request has a virtual thread of its own,
 * so that a peer which dawdles holds up nobody. Binding the port and loading the server's classes
 * happens in the background: only {@link #url} and {@link #note} wait for it.
 */
public final class DashboardServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
  private static final int PORTS_TRIED = 100;
  private static final int LONGEST_CLOSE_SECONDS = 1;

  /** Of every answer. */
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Content-Security-Policy",
          List.of("default-src 'self'; frame-ancestors 'self'"),
          "X-Content-Type-Options",
          List.of("nosniff"),
          "Referrer-Policy",
          List.of("no-referrer"),
          "Cache-Control",
          List.of("no-store"));

  private final CompletableFuture<Running> running = new CompletableFuture<>();

  /** The server at work; or, with no server, a note that says why there is none. */
  private record Running(
      HttpServer server, Access access, Routes routes, ExecutorService requests, String note) {}

  private DashboardServer() {}

  /**
   * Begins to start a dashboard, and returns at once.
   *
   * @param firstPort the first choice; the next free one is taken if another program has it; 0 for
   *     any
   */
  public static DashboardServer start(ClusterView view, int firstPort) {
    return start(view, firstPort, new SameUser(), System.getenv());
  }

  static DashboardServer start(
      ClusterView view, int firstPort, SameUser sameUser, Map<String, String> environment) {
    DashboardServer dashboard = new DashboardServer();
    // The server's own thread inherits from this one that it is a daemon.
    Thread.ofPlatform()
        .daemon()
        .name("rayshell-dashboard-start")
        .start(() ->
            dashboard.running.completeAsync(
                () -> serve(view, firstPort, sameUser, environment), Runnable::run));
    return dashboard;
  }

  /**
   * Where it answers, {@code http://127.0.0.1:8265}; with the token where nothing else works; null
   * if no port could be had. Waits until the port is known.
   */
  public String url() {
    Running now = running.join();
    if (now.server == null) {
      return null;
    }
    String plain = "http://127.0.0.1:" + now.server.getAddress().getPort();
    return now.access.needsTokenInLink() ? plain + "/?token=" + now.access.token() : plain;
  }

  /** A line for people: that the first choice of port was taken; or null. Waits as {@link #url}. */
  public String note() {
    return running.join().note;
  }

  /** How many read the stream of changes. */
  int readers() {
    return running.join().routes.events().readers();
  }

  /** Tells open pages that the session has ended, and frees the port. */
  @Override
  public void close() {
    Running last = running.join();
    if (last.server != null) {
      last.routes.events().sessionEnds();
      last.server.stop(LONGEST_CLOSE_SECONDS);
      last.requests.shutdownNow();
    }
  }

  private static Running serve(
      ClusterView view, int firstPort, SameUser sameUser, Map<String, String> environment) {
    try {
      Bound bound = bind(firstPort);
      Access access = Access.create(sameUser, environment, bound.server.getAddress().getPort());
      Routes routes = new Routes(view);
      ExecutorService requests =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("rayshell-dashboard-request").factory());
      bound.server.setExecutor(requests);
      bound.server.createContext("/", exchange -> handle(exchange, access, routes));
      bound.server.start();
      return new Running(bound.server, access, routes, requests, bound.note);
    } catch (IOException e) {
      LOG.debug("no port for the dashboard", e);
      return new Running(null, null, null, null, "there is no dashboard: " + e.getMessage());
    }
  }

  private record Bound(HttpServer server, String note) {}

  private static Bound bind(int firstPort) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    String note = null;
    for (int port = firstPort; port < firstPort + PORTS_TRIED && port <= 0xffff; port++) {
      try {
        InetSocketAddress address = new InetSocketAddress(loopback, port);
        probe(address);
        return new Bound(HttpServer.create(address, 0), note);
      } catch (BindException e) {
        if (note == null) {
          note =
              String.valueOf(e.getMessage()).contains("in use")
                  ? port + " is used by another program"
                  : port + " cannot be used: " + e.getMessage();
        }
      }
    }
    return new Bound(HttpServer.create(new InetSocketAddress(loopback, 0), 0), note);
  }

  /**
   * A server that finds its port taken leaves its socket open, so that is found out without one.
   */
  private static void probe(InetSocketAddress address) throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(address);
    }
  }

  private static void handle(HttpExchange exchange, Access access, Routes routes) {
    try (exchange) {
      exchange.getResponseHeaders().putAll(HEADERS);
      Optional<Reply> reply = answer(exchange, access, routes);
      if (reply.isPresent()) {
        send(exchange, reply.get());
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("a reader of the dashboard went away", e);
    }
  }

  /** The answer; empty if it was sent as a stream. */
  private static Optional<Reply> answer(HttpExchange exchange, Access access, Routes routes)
      throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      Query query = Query.parse(exchange.getRequestURI().getRawQuery());
      Optional<Reply> refusal = access.refusal(exchange, query);
      if (refusal.isPresent()) {
        return Optional.of(refusal.get().forPath(path));
      }
      if (path.equals(Events.PATH)) {
        routes.events().serve(exchange, query);
        return Optional.empty();
      }
      Headers headers = exchange.getRequestHeaders();
      Reply reply = routes.answer(path, query, headers.getFirst("X-Forwarded-Prefix"));
      return Optional.of(reply.unless(headers.getFirst("If-None-Match")));
    } catch (Query.BadRequest e) {
      return Optional.of(Routes.error(path, 400, "bad_request", e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("the dashboard could not answer {}", path, e);
      return Optional.of(
          Routes.error(path, 500, "internal", "the dashboard could not answer: " + e));
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    reply.headers().forEach(headers::set);
    if (reply.status() == 304) {
      exchange.sendResponseHeaders(reply.status(), -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(reply.body().length));
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
  }
}
