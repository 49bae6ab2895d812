package org.rayshell.kernel.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.rayshell.kernel.channel.Splice;

/** A TCP port that leads to a Unix-domain socket, once it is there. */
final class IpcDoor implements AutoCloseable {
  private final Path path;
  private final ServerSocketChannel server;

  IpcDoor(Path path) throws IOException {
    this.path = path;
    server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    Thread.ofVirtual().start(this::accept);
  }

  String address() throws IOException {
    return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel outer = server.accept();
        try {
          Splice.join(outer, SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException e) {
          // The kernel does not listen yet; the client comes back.
          outer.close();
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
