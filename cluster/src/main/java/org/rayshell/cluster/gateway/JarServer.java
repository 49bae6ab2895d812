package org.rayshell.cluster.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.rayshell.runtime.worker.SystemRandom;

/**
 * Gives a session's jars to the machines of a cluster, which fetch them before they start a worker.
 * The addresses have a secret in them, that only the cluster is told. Thread-safe.
 */
final class JarServer {
  private static final int SECRET_BYTES = 16;
  private static final int THREADS = 4;

  private final HttpServer server;
  private final String root;
  private final Map<String, Path> files = new LinkedHashMap<>();

  /**
   * Serves them at any free port, until this process ends.
   *
   * @param host this machine's address in the cluster
   */
  JarServer(String host, List<Path> jars) throws IOException {
    root = "/" + HexFormat.of().formatHex(SystemRandom.bytes(SECRET_BYTES)) + "/";
    for (Path jar : jars) {
      files.put(root + files.size() + "-" + jar.getFileName(), jar);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("rayshell-jars-", 0).factory()));
    server.start();
  }

  /** Where each is, in the order of the class path. */
  List<String> addresses() {
    InetSocketAddress at = server.getAddress();
    List<String> addresses = new ArrayList<>();
    files
        .keySet()
        .forEach(path ->
            addresses.add(
                "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + path));
    return addresses;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = files.get(exchange.getRequestURI().getPath());
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      try (OutputStream out = exchange.getResponseBody()) {
        Files.copy(file, out);
      }
    }
  }
}
