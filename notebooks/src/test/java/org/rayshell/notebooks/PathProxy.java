package org.rayshell.notebooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that puts a server below a path and does what jupyter-server-proxy, which {@link
 * JupyterProxyTest} has, does not: it breaks off, and one that buffers passes an answer on when it
 * is whole, and so no stream. Thread-safe.
 */
final class PathProxy implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String target;
  private final String prefix;
  private final boolean buffers;

  PathProxy(String target, String prefix, boolean buffers) throws IOException {
    this.target = target;
    this.prefix = prefix;
    this.buffers = buffers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      if (!path.startsWith(prefix)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      URI to = URI.create(target + "/" + path.substring(prefix.length()));
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(to).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        byte[] whole = buffers ? in.readAllBytes() : new byte[0];
        answer
            .headers()
            .firstValue("Content-Type")
            .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), 0);
        OutputStream out = exchange.getResponseBody();
        out.write(whole);
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
          out.write(part, 0, read);
          out.flush();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
