package org.rayshell.runtime.dashboard;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks a server with headers of one's own, which the JDK's client does not allow. */
final class Http {
  private Http() {}

  /** An answer. */
  record Answer(int status, String headers, String body) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    JsonElement at(String... names) {
      JsonElement element = json();
      for (String name : names) {
        element = element.getAsJsonObject().get(name);
      }
      return element;
    }
  }

  static Answer get(String base, String path, String... headers) throws IOException {
    return ask(base, "GET", path, headers);
  }

  /** Asks as {@code Host} of the base unless a header says otherwise. */
  static Answer ask(String base, String method, String path, String... headers) throws IOException {
    try (Asked asked = begin(base, method, path, headers)) {
      return asked.answer();
    }
  }

  /** A request that was sent. */
  record Asked(Socket socket) implements AutoCloseable {
    Answer answer() throws IOException {
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      return new Answer(
          Integer.parseInt(all.split(" ", 3)[1]), all.substring(0, end), all.substring(end + 4));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Asks without waiting for the answer. */
  static Asked begin(String base, String method, String path, String... headers)
      throws IOException {
    URI uri = URI.create(base);
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    boolean named = false;
    for (String header : headers) {
      named |= header.startsWith("Host:");
      request.append(header).append("\r\n");
    }
    if (!named) {
      request.append("Host: ").append(uri.getAuthority()).append("\r\n");
    }
    request.append("Connection: close\r\n\r\n");
    Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    return new Asked(socket);
  }
}
