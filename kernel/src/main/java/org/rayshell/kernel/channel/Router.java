package org.rayshell.kernel.channel;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.MessageCodec;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The one thread that owns the sockets: what arrives goes to the inbox, what is to be sent comes
 * through queues. Between the two it blocks until either wakes it.
 *
 * <p>It selects on the sockets' own signal channels instead of ZeroMQ's poller, since {@link
 * Selector#wakeup} may be called by a thread that is being interrupted; a write to a wake-up pipe
 * would close the pipe then. Signals are edges, so each round drains every socket before it
 * selects.
 *
 * <p>Thread-safe.
 */
public final class Router implements AutoCloseable {
  // A round takes at most so many messages of a channel, so that a flood on one starves none.
  private static final int ROUND = 64;
  private static final long MOMENT_NANOS = 10_000;
  private static final int SOON_MILLIS = 10;
  private static final byte[] LAST_WORDS =
      "the kernel hears nothing any more and ends\n".getBytes(StandardCharsets.US_ASCII);

  private final MessageCodec codec;
  private final Inbox inbox;
  private final Selector selector;
  private final Bindings sockets;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket stdin;
  private final ZMQ.Socket heartbeat;
  private final IopubQueue iopub;
  // The router thread's own.
  private HeldSignals signals;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  // Whether a socket's signal ended the last wait, and nothing has come of it.
  private boolean signalled;
  // Whether the router, unless it is woken before, wakes by itself at that time.
  private volatile boolean wakesSoon;
  private long soon;
  private volatile long closeBy = Long.MAX_VALUE;
  private volatile boolean closing;

  /**
   * Binds the sockets; nothing is received before {@link #start}.
   *
   * @throws IOException if an address is taken or no address at all
   */
  public Router(ConnectionFile connection, MessageCodec codec, Inbox inbox) throws IOException {
    this.codec = codec;
    this.inbox = inbox;
    this.selector = Selector.open();
    this.sockets = new Bindings(connection, (_, e) -> die(e));
    try {
      shell = sockets.bind(SocketType.ROUTER, "shell");
      control = sockets.bind(SocketType.ROUTER, "control");
      stdin = sockets.bind(SocketType.ROUTER, "stdin");
      heartbeat = sockets.bind(SocketType.REP, "hb");
      iopub = new IopubQueue(sockets.bind(SocketType.XPUB, "iopub"), inbox::subscribed);
    } catch (IOException | RuntimeException e) {
      sockets.close();
      selector.close();
      throw e;
    }
    thread = new ShieldedThread("kernel-router", this::run);
  }

  /** Begins to receive and send. */
  public void start() {
    thread.start();
  }

  /** Sends to the one that the message's identities name; never blocks. */
  public void send(Channel channel, Message message) {
    Outgoing outgoing = new Outgoing(codec.encode(message));
    // Without a high-water mark and by way of a ROUTER this never blocks: no peer, no message.
    post(() -> outgoing.send(socket(channel)));
  }

  /**
   * Publishes to all; with {@code patient} it blocks while more is queued than the reader takes. An
   * interrupt ends the wait, not the publication.
   *
   * @param soon whether it is enough that the message goes with the next that is urgent, or within
   *     {@value #SOON_MILLIS} ms of the last request: that spares the waking of several threads
   */
  public void publish(Message message, boolean patient, boolean soon) {
    iopub.offer(codec.encode(message), patient);
    // After it is in the queue, so that either it is seen there or this is seen to be off.
    if (!soon || !wakesSoon) {
      wake();
    }
  }

  /**
   * Returns when all that had arrived before the call is in the inbox, or the router has ended.
   *
   * @throws InterruptedException if interrupted meanwhile
   */
  public void fence() throws InterruptedException {
    CountDownLatch passed = new CountDownLatch(1);
    post(() -> {
      while (receive(Channel.SHELL, shell)) {
        // Until nothing is left.
      }
      passed.countDown();
    });
    while (thread.isAlive() && !passed.await(1, TimeUnit.SECONDS)) {
      // The router ended between the two checks, or is very busy.
    }
  }

  private void post(Runnable task) {
    tasks.add(task);
    wake();
  }

  private void wake() {
    selector.wakeup();
  }

  private ZMQ.Socket socket(Channel channel) {
    return switch (channel) {
      case SHELL -> shell;
      case CONTROL -> control;
      case STDIN -> stdin;
      case IOPUB -> throw new IllegalArgumentException("iopub is published to, not sent to");
    };
  }

  private void run() {
    try (sockets;
        selector) {
      List<ZMQ.Socket> all =
          new ArrayList<>(List.of(shell, control, stdin, heartbeat, iopub.socket()));
      if (sockets.admission() != null) {
        all.add(sockets.admission());
      }
      for (ZMQ.Socket socket : all) {
        socket.getFD().register(selector, java.nio.channels.SelectionKey.OP_READ);
      }
      signals = sockets.signals();
      signals.hold();
      while (!ended()) {
        try {
          round();
        } catch (OutOfMemoryError e) {
          HeapReserve.releaseAndPause(e);
        }
      }
      // The sockets' end needs the I/O thread at every step.
      signals.end();
    } catch (Throwable e) {
      die(e);
    }
  }

  private void round() throws IOException {
    boolean moved = sockets.admit();
    moved |= receive(Channel.CONTROL, control);
    moved |= receive(Channel.STDIN, stdin);
    moved |= receive(Channel.SHELL, shell);
    moved |= beat();
    moved |= runTasks();
    moved |= iopub.move();
    signals.release();
    if (moved) {
      signalled = false;
      return;
    }
    if (signalled) {
      // ZeroMQ's thread has sent a signal and not yet noted it. It needs a processor for that.
      LockSupport.parkNanos(MOMENT_NANOS);
    }
    selector.selectedKeys().clear();
    signalled = selector.select(pause()) > 0;
  }

  /** A kernel that hears nothing must not look alive. */
  private static void die(Throwable e) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      // Without a logger: there may be no memory left for one.
      stderr.write(LAST_WORDS);
      Log.log().error("why the kernel hears nothing any more", e);
    } catch (IOException _) {
      // Nobody reads it.
    } finally {
      Runtime.getRuntime().halt(70);
    }
  }

  private boolean ended() {
    if (!closing) {
      return false;
    }
    return System.nanoTime() - closeBy >= 0 || (tasks.isEmpty() && iopub.isEmpty());
  }

  /** Milliseconds to select for; zero is for ever. */
  private long pause() {
    if (iopub.isStalled() || closing) {
      return IopubQueue.RETRY_MILLIS;
    }
    if (wakesSoon) {
      long left = soon - System.nanoTime();
      if (left > 0) {
        return 1 + TimeUnit.NANOSECONDS.toMillis(left);
      }
      wakesSoon = false;
      if (!iopub.isEmpty()) {
        // Came a moment ago, and may rely on it.
        wake();
      }
    }
    return 0;
  }

  private boolean receive(Channel channel, ZMQ.Socket socket) {
    int count = 0;
    List<byte[]> frames = null;
    while (count < ROUND && (frames = frames(socket)) != null) {
      count++;
      try {
        MessageSize.check(frames);
        soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
        wakesSoon = true;
        inbox.received(channel, codec.decode(frames));
      } catch (MalformedMessageException e) {
        Log.once("dropped a message on " + channel + ": " + e.getMessage());
      } catch (RuntimeException | Error e) {
        HeapReserve.release(e);
        Log.once("a message on " + channel + " was not taken: " + e);
      }
    }
    return count > 0;
  }

  private boolean beat() {
    List<byte[]> frames = frames(heartbeat);
    if (frames == null) {
      return false;
    }
    transmit(heartbeat, frames);
    return true;
  }

  private boolean runTasks() {
    boolean any = false;
    // Taken off when it is done, since it may run out of memory.
    for (Runnable task; (task = tasks.peek()) != null; any = true) {
      task.run();
      tasks.poll();
    }
    return any;
  }

  /** A whole message if one has arrived, otherwise null. */
  static List<byte[]> frames(ZMQ.Socket socket) {
    byte[] frame = socket.recv(ZMQ.DONTWAIT);
    if (frame == null) {
      return null;
    }
    List<byte[]> frames = new ArrayList<>();
    frames.add(frame);
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    return frames;
  }

  static void transmit(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      // Without a high-water mark and by way of a ROUTER this never blocks: no peer, no message.
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /** Sends what is queued, for at most the given time, then closes the sockets. */
  public void close(Duration patience) {
    closeBy = System.nanoTime() + patience.toNanos();
    closing = true;
    wake();
    if (Thread.currentThread() == thread || thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(patience.plusMillis(2 * Bindings.LINGER_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofMillis(Bindings.LINGER_MILLIS));
  }
}
