package org.rayshell.kernel.bridge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Where tasks wait until they are let go on. */
final class Door implements AutoCloseable {
  private final ServerSocket server;
  private Socket guest;

  Door() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(60_000);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits for the next task; its process. */
  long next() throws IOException {
    guest = server.accept();
    return Long.parseLong(
        new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.US_ASCII))
            .readLine());
  }

  void open() throws IOException {
    guest.getOutputStream().write(1);
    guest.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (guest != null) {
      guest.close();
    }
  }
}
