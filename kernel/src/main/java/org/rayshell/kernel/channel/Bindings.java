package org.rayshell.kernel.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The sockets of a connection file, configured and bound. For one thread at a time. */
final class Bindings implements AutoCloseable {
  static final int LINGER_MILLIS = 250;
  private static final String ADMISSION = "inproc://zeromq.zap.01";

  private final ZContext context = new ZContext(1);
  private final ConnectionFile connection;
  private final LoopbackGuard guard = new LoopbackGuard();
  private final List<IpcGate> gates = new ArrayList<>();
  private ZMQ.Socket admission;

  /** The handler hears of threads that have failed: nothing is received any more. */
  Bindings(ConnectionFile connection, Thread.UncaughtExceptionHandler handler) {
    this.connection = connection;
    // A full heap may cost a connection, but not the thread of them all.
    context.setThreadFactor((work, name) -> {
      Thread thread = new ShieldedThread(name, HeapReserve.surviving(work));
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler(handler);
      return thread;
    });
    // By default it prints to System.err, which is the notebook.
    context.setNotificationExceptionHandler((_, e) -> Log.once("a connection failed: " + e));
  }

  /**
   * Binds a socket to the address of that name.
   *
   * @throws IOException if the address is taken or no address at all
   */
  ZMQ.Socket bind(SocketType type, String name) throws IOException {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setLinger(LINGER_MILLIS);
    MessageSize.bound(socket);
    if (connection.curve() != null) {
      connection.curve().serve(socket);
    }
    if (type == SocketType.XPUB) {
      IopubQueue.configure(socket);
    } else {
      socket.setHWM(0);
    }
    if (type == SocketType.ROUTER) {
      // A front end that reconnects keeps its identity: the new connection takes it over.
      socket.setRouterHandover(true);
    }
    String address = connection.address(name);
    try {
      if (connection.transport().equals("ipc")) {
        bindIpc(socket, Path.of(address.substring("ipc://".length())).toAbsolutePath());
      } else {
        bind(socket, address);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("cannot bind " + address + ": " + e.getMessage(), e);
    }
    return socket;
  }

  private static void bind(ZMQ.Socket socket, String address) throws IOException {
    try {
      if (!socket.bind(address)) {
        throw new IOException("errno=" + socket.errno());
      }
    } catch (ZMQException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void bindIpc(ZMQ.Socket socket, Path path) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IOException("transport=ipc is for Linux; use tcp");
    }
    if (admission == null) {
      admission = context.createSocket(SocketType.REP);
      bind(admission, ADMISSION);
    }
    socket.setZapDomain("ipc");
    bind(socket, "tcp://127.0.0.1:*");
    int port = URI.create(socket.getLastEndpoint()).getPort();
    gates.add(IpcGate.open(path, new InetSocketAddress("127.0.0.1", port), guard));
  }

  /** What wakes the threads behind the sockets that are bound; for once. */
  HeldSignals signals() {
    return HeldSignals.of(context);
  }

  /** Where it is asked who may connect; null if everybody may. */
  ZMQ.Socket admission() {
    return admission;
  }

  /** Answers whether somebody may connect; false if nobody asks. */
  boolean admit() {
    List<byte[]> request = admission == null ? null : Router.frames(admission);
    if (request == null) {
      return false;
    }
    Router.transmit(admission, guard.answer(request));
    return true;
  }

  @Override
  public void close() {
    for (IpcGate gate : gates) {
      try {
        gate.close();
      } catch (IOException e) {
        Log.log().warn("a socket's file is left", e);
      }
    }
    context.close();
  }
}
