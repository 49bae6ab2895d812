package org.rayshell.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where a test meets its tasks: a task says where it is and waits until the test lets it go on, so
 * that the test knows what runs, without sleeping.
 */
public final class Meeting implements AutoCloseable {
  /** Against hangs only. */
  private static final int SAFETY_MILLIS = 60_000;

  private static final List<Socket> KEPT = new CopyOnWriteArrayList<>();

  private final ServerSocket server;
  private final List<Socket> guests = new CopyOnWriteArrayList<>();

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
    try (Socket socket = connect(port)) {
      return converse(socket, word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #come}, and the test hears of the end of this process. */
  public static String stay(int port, String word) {
    try {
      // Closed by the system when the process ends, and not before.
      KEPT.add(connect(port));
      return converse(KEPT.getLast(), word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static String converse(Socket socket, String word) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeLong(ProcessHandle.current().pid());
    out.writeUTF(word);
    return new DataInputStream(socket.getInputStream()).readUTF();
  }

  /** In the test: the next task that comes. */
  public Guest next() throws IOException {
    Socket socket = server.accept();
    guests.add(socket);
    socket.setSoTimeout(SAFETY_MILLIS);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new Guest(socket, in.readLong(), in.readUTF());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket guest : guests) {
      guest.close();
    }
  }

  /** A task that waits. */
  public record Guest(Socket socket, long pid, String word) {
    /** The process that it runs in. */
    public ProcessHandle process() {
      return ProcessHandle.of(pid).orElseThrow();
    }

    /** Lets it go on. */
    public void release(String answer) throws IOException {
      new DataOutputStream(socket.getOutputStream()).writeUTF(answer);
    }

    /** Waits for the end of the process, if it stays, or of the conversation. */
    public void awaitEnd() throws IOException {
      try {
        socket.getInputStream().readAllBytes();
      } catch (SocketException _) {
        // Reset: as good as the end.
      }
    }
  }
}
