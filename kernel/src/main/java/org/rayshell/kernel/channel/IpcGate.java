package org.rayshell.kernel.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Unix-domain socket that leads to a socket of ZeroMQ. JeroMQ's own {@code ipc} is TCP by another
 * name, which no other ZeroMQ understands; the bytes are the same, so they are passed on. Closing
 * removes the file.
 */
final class IpcGate implements AutoCloseable {
  private final Path path;
  private final InetSocketAddress inner;
  private final LoopbackGuard guard;
  private final ServerSocketChannel server;

  private IpcGate(Path path, InetSocketAddress inner, LoopbackGuard guard) throws IOException {
    this.path = path;
    this.inner = inner;
    this.guard = guard;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Opens it.
   *
   * @param inner where ZeroMQ listens, for those alone whom the guard knows
   * @throws IOException if somebody listens at the path, or the file cannot be made
   */
  static IpcGate open(Path path, InetSocketAddress inner, LoopbackGuard guard) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    removeDead(address);
    IpcGate gate = new IpcGate(path, inner, guard);
    try {
      gate.server.bind(address);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      gate.server.close();
      throw e;
    }
    start("kernel-ipc", gate::accept);
    return gate;
  }

  /** A kernel that was killed leaves its file. */
  private static void removeDead(UnixDomainSocketAddress address) throws IOException {
    if (!Files.exists(address.getPath())) {
      return;
    }
    try (SocketChannel living = SocketChannel.open(address)) {
      throw new IOException("somebody listens there: " + living.getRemoteAddress());
    } catch (java.net.ConnectException e) {
      Files.delete(address.getPath());
    }
  }

  static void start(String name, Runnable work) {
    Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(work);
  }

  private void accept() {
    while (true) {
      SocketChannel outer;
      try {
        outer = server.accept();
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        Log.log().warn("nobody can connect to {} any more", path, e);
        return;
      }
      start("kernel-ipc-connect", () -> connect(outer));
    }
  }

  private void connect(SocketChannel outer) {
    try {
      SocketChannel own = SocketChannel.open();
      try {
        own.bind(new InetSocketAddress(InetAddress.getByAddress(guard.expect()), 0));
        own.connect(inner);
      } catch (IOException e) {
        own.close();
        throw e;
      }
      Splice.join(outer, own);
    } catch (IOException e) {
      Log.once("a connection to " + path + " failed: " + e);
      Splice.close(outer);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
