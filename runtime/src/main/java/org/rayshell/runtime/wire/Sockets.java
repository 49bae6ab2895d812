package org.rayshell.runtime.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The sockets of a loop, and the selector in which its leader waits for them. Belongs to the loop,
 * but for {@link #rest} and {@link #wake}. None of its channels ever blocks: an interrupt would
 * close one that does, and any thread may do the loop's work.
 */
final class Sockets {
  private static final int READ_BYTES = 256 << 10;

  private static final int MOST_WAITING = 128;

  /** When none could be accepted, how long until the next try. */
  private static final long ACCEPT_AGAIN_NS = 200_000_000L;

  private final IoLoop loop;
  private final Consumer<Runnable> guard;
  private final Selector selector = Selector.open();
  private final Set<Connection> connections = new HashSet<>();
  private final List<Connection> dirty = new ArrayList<>();
  private final WireWriter writer = new WireWriter();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private ServerSocketChannel server;
  private boolean changed;

  /**
   * None yet.
   *
   * @param guard runs what must not end the loop, whatever it throws
   */
  Sockets(IoLoop loop, Consumer<Runnable> guard) throws IOException {
    this.loop = loop;
    this.guard = guard;
  }

  /** Listens on a Unix-domain socket; before the loop runs. */
  void listen(Path socket, Connection.Handler acceptor) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket), MOST_WAITING);
    // The folder keeps others out too; this is for a folder that somebody opens.
    Files.setPosixFilePermissions(
        socket, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, acceptor);
  }

  /**
   * Connects to a socket.
   *
   * @throws NoDescriptorException if it cannot just now
   */
  Connection connect(Path socket, Connection.Handler handler) throws IOException {
    SocketChannel channel = open();
    try {
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
        throw new NoDescriptorException(new IOException("too many wait for " + socket));
      }
      return adopt(channel, handler);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static SocketChannel open() throws NoDescriptorException {
    try {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException e) {
      throw new NoDescriptorException(e);
    }
  }

  private Connection adopt(SocketChannel channel, Connection.Handler handler) throws IOException {
    channel.configureBlocking(false);
    Connection connection = new Connection(loop, this, channel, handler);
    connection.register(channel.register(selector, SelectionKey.OP_READ, connection));
    connections.add(connection);
    changed = true;
    return connection;
  }

  WireWriter writer() {
    return writer;
  }

  void flushLater(Connection connection) {
    dirty.add(connection);
  }

  /** Whether nothing waits to be written but what the channels do not take yet. */
  boolean isFlushed() {
    return dirty.isEmpty();
  }

  void flush() {
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flush();
    }
    dirty.clear();
  }

  void forget(Connection connection) {
    connections.remove(connection);
    // The selector lets a closed channel go when it selects.
    changed = true;
  }

  /** What is to be selected is not what it was. */
  void selectAnew() {
    changed = true;
  }

  /**
   * Whether who rests in the selector must select anew; not again until there is another reason.
   */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Looks what is to be served, without a rest. */
  void look() throws IOException {
    selector.selectNow();
  }

  /** Rests until something is to be served, {@link #wake} is called or so long; by the leader. */
  void rest(long mostNs) throws IOException {
    if (mostNs == Timers.NEVER) {
      selector.select();
    } else {
      selector.select(TimeUnit.NANOSECONDS.toMillis(mostNs) + 1);
    }
  }

  /** Ends a rest, or the next one. Any thread. */
  void wake() {
    selector.wakeup();
  }

  /**
   * Serves what was found to be ready.
   *
   * @param then run after each socket
   */
  void serve(Runnable then) {
    Set<SelectionKey> ready = selector.selectedKeys();
    for (SelectionKey key : ready) {
      serve(key);
      then.run();
    }
    ready.clear();
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        guard.accept(() -> accept(key));
        return;
      }
      Connection connection = (Connection) key.attachment();
      if (key.isWritable()) {
        guard.accept(connection::flush);
      }
      if (key.isValid() && key.isReadable()) {
        guard.accept(() -> connection.read(readBuffer));
      }
    } catch (CancelledKeyException _) {
      // Closed by an earlier event of the same round.
    }
  }

  private void accept(SelectionKey key) {
    Connection.Handler acceptor = (Connection.Handler) key.attachment();
    SocketChannel channel = null;
    Connection connection = null;
    try {
      channel = server.accept();
      if (channel != null) {
        connection = adopt(channel, acceptor);
      }
    } catch (IOException | RuntimeException | Error e) {
      // No file descriptor or no memory is left. Who waits stays so, and is not looked at again
      // and again meanwhile.
      close(channel);
      key.interestOps(0);
      loop.schedule(
          ACCEPT_AGAIN_NS,
          () -> {
            if (key.isValid()) {
              key.interestOps(SelectionKey.OP_ACCEPT);
            }
          });
      loop.log("no connection can be accepted now", e);
    }
    if (connection != null) {
      acceptor.accepted(connection);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // It is of no more use either way.
    }
  }

  /** Closes all. */
  void close() throws IOException {
    flush();
    List.copyOf(connections).forEach(connection -> guard.accept(connection::close));
    if (server != null) {
      server.close();
    }
    selector.close();
  }
}
