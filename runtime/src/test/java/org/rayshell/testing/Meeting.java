package org.rayshell.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Where a test meets its tasks: a task says where it is and waits until the test lets it go on, so
 * that the test knows what runs, without sleeping.
 */
public final class Meeting implements AutoCloseable {
  /** Against hangs only. */
  private static final int SAFETY_MILLIS = 60_000;

  private final ServerSocket server;

  /** A place to meet. */
  public Meeting() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(SAFETY_MILLIS);
  }

  /** What a task needs to come here. */
  public int port() {
    return server.getLocalPort();
  }

  /** In a task: says something to the test, and waits for its answer. */
  public static String come(int port, String word) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeLong(ProcessHandle.current().pid());
      out.writeUTF(word);
      return new DataInputStream(socket.getInputStream()).readUTF();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the test: the next task that comes. */
  public Guest next() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(SAFETY_MILLIS);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new Guest(socket, in.readLong(), in.readUTF());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** A task that waits. */
  public record Guest(Socket socket, long pid, String word) implements AutoCloseable {
    /** The process that it runs in. */
    public ProcessHandle process() {
      return ProcessHandle.of(pid).orElseThrow();
    }

    /** Lets it go on. */
    public void release(String answer) throws IOException {
      try (socket) {
        new DataOutputStream(socket.getOutputStream()).writeUTF(answer);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
