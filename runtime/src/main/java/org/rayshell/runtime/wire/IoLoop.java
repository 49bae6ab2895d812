package org.rayshell.runtime.wire;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one thread of a process that owns its sockets, and all state that says it is the loop's.
 * Other threads hand it commands by {@link #execute}; it waits in a selector and uses no CPU while
 * there is nothing to do.
 */
public final class IoLoop implements Backend {
  private static final int READ_BYTES = 256 << 10;

  /** When none could be accepted, how long until the next try. */
  private static final long ACCEPT_AGAIN_NS = 200_000_000L;

  private final Thread thread;
  private final Selector selector;
  private final Consumer<String> log;
  private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
  private final PriorityQueue<Due> timers = new PriorityQueue<>();
  private final Set<Connection> connections = new HashSet<>();
  private final List<Connection> dirty = new ArrayList<>();
  private final WireWriter writer = new WireWriter();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private ServerSocketChannel server;

  private final Doorbell bell;
  private final BooleanSupplier nothingToDo;
  private volatile boolean stopping;
  private volatile boolean finished;

  /**
   * A loop that is not yet running.
   *
   * @param name of its thread
   * @param log takes a line where a peer misbehaves
   */
  public IoLoop(String name, Consumer<String> log) throws IOException {
    this.log = log;
    this.selector = Selector.open();
    this.bell = new Doorbell(selector::wakeup);
    this.nothingToDo = () -> commands.isEmpty() && dirty.isEmpty();
    this.thread = new LoopThread(name, this::run);
  }

  /**
   * Listens on a Unix-domain socket; before {@link #start}.
   *
   * @param acceptor the handler of each connection that is made
   */
  public void listen(Path socket, Connection.Handler acceptor) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket), 128);
    // The folder keeps others out too; this is for a folder that somebody opens.
    Files.setPosixFilePermissions(
        socket, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, acceptor);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Whether the caller is the loop's thread. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** Fails if the caller is not the loop's thread. */
  public void assertLoop() {
    if (!inLoop()) {
      throw new IllegalStateException(
          "only the loop's thread may do this: thread=" + Thread.currentThread().getName());
    }
  }

  /**
   * Runs the command on the loop's thread, in the order of the calls. Any thread may call it. After
   * the loop's end commands run on the caller's thread, one at a time: they find all closed.
   */
  public void execute(Runnable command) {
    commands.add(command);
    if (finished) {
      runLeftover();
      return;
    }
    bell.ring();
  }

  @Override
  public void defer(Runnable command) {
    assertLoop();
    deferred.add(command);
  }

  @Override
  public Timer schedule(long delayNs, Runnable command) {
    assertLoop();
    Due due = new Due(System.nanoTime() + delayNs, command);
    timers.add(due);
    return due;
  }

  /**
   * Connects to a socket; on the loop's thread only.
   *
   * @throws NoDescriptorException if it is for a reason of this process that it cannot
   */
  public Connection connect(Path socket, Connection.Handler handler) throws IOException {
    assertLoop();
    SocketChannel channel = open();
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
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

  /** Closes all sockets and ends the thread; waits for it, unless called on it. */
  public void stop() {
    stopping = true;
    selector.wakeup();
    if (!thread.isAlive() || inLoop()) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  WireWriter writer() {
    return writer;
  }

  void flushLater(Connection connection) {
    dirty.add(connection);
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  void log(String line) {
    log.accept(line);
  }

  void log(String line, Throwable e) {
    try {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      log.accept(line + ": " + trace);
    } catch (RuntimeException | Error _) {
      // Out of memory, most likely: what is said of it matters less than the loop.
    }
  }

  private Connection adopt(SocketChannel channel, Connection.Handler handler) throws IOException {
    channel.configureBlocking(false);
    Connection connection = new Connection(this, channel, handler);
    connection.register(channel.register(selector, SelectionKey.OP_READ, connection));
    connections.add(connection);
    return connection;
  }

  private void run() {
    try {
      while (!stopping) {
        runCommands();
        fireTimers();
        runDeferred();
        flushDirty();
        select();
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
          runDeferred();
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      log.accept("the loop of " + thread.getName() + " failed: " + e);
    } finally {
      shut();
    }
  }

  private void select() throws IOException {
    if (!bell.mayRest(nothingToDo)) {
      selector.selectNow();
      return;
    }
    Due next = timers.peek();
    if (next == null) {
      selector.select();
    } else {
      long delay = next.dueNs - System.nanoTime();
      if (delay > 0) {
        selector.select(TimeUnit.NANOSECONDS.toMillis(delay) + 1);
      } else {
        selector.selectNow();
      }
    }
    bell.atWork();
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        guard(() -> accept(key));
        return;
      }
      Connection connection = (Connection) key.attachment();
      if (key.isWritable()) {
        guard(connection::flush);
      }
      if (key.isValid() && key.isReadable()) {
        guard(() -> connection.read(readBuffer));
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
      schedule(
          ACCEPT_AGAIN_NS,
          () -> {
            if (key.isValid()) {
              key.interestOps(SelectionKey.OP_ACCEPT);
            }
          });
      log("no connection can be accepted now", e);
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

  private void runCommands() {
    // Bounded, so that a stream of commands does not keep the sockets waiting.
    for (int i = 0; i < 1024; i++) {
      Runnable command = commands.poll();
      if (command == null) {
        return;
      }
      guard(command);
      runDeferred();
    }
  }

  private synchronized void runLeftover() {
    for (Runnable command; (command = commands.poll()) != null; ) {
      guard(command);
    }
  }

  private void runDeferred() {
    for (Runnable command; (command = deferred.poll()) != null; ) {
      guard(command);
    }
  }

  private void fireTimers() {
    if (timers.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    for (Due next; (next = timers.peek()) != null && next.dueNs - now <= 0; ) {
      timers.remove();
      Runnable command = next.command;
      if (command != null) {
        guard(command);
      }
    }
  }

  private void flushDirty() {
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flush();
    }
    dirty.clear();
  }

  /** A defect in one command must not end the loop: the session would hang without a word. */
  private void guard(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException | Error e) {
      log("an error on the thread " + thread.getName(), e);
    }
  }

  private void shut() {
    flushDirty();
    List.copyOf(connections).forEach(connection -> guard(connection::close));
    runDeferred();
    try {
      if (server != null) {
        server.close();
      }
      selector.close();
    } catch (IOException e) {
      log.accept("closing the loop of " + thread.getName() + " failed: " + e);
    }
    finished = true;
    runLeftover();
  }

  /** A command that is to run later. */
  private static final class Due implements Timer, Comparable<Due> {
    private final long dueNs;
    private Runnable command;

    private Due(long dueNs, Runnable command) {
      this.dueNs = dueNs;
      this.command = command;
    }

    @Override
    public void cancel() {
      command = null;
    }

    @Override
    public int compareTo(Due other) {
      return Long.compare(dueNs - other.dueNs, 0);
    }
  }
}
