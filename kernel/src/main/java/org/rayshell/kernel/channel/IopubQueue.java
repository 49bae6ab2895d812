package org.rayshell.kernel.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.zeromq.ZMQ;

/**
 * Publications on their way to iopub: nothing is lost for a reader that is slow, and memory stays
 * bounded, since who publishes blocks once {@link #CREDIT_BYTES} are queued.
 *
 * <p>The socket refuses instead of dropping when a reader's pipe is full; the router thread then
 * tries again a little later, since ZeroMQ has no event for a publisher's pipe that has room again.
 * A reader whose pipe stays full for {@link #PATIENCE} is given up: it loses messages until it
 * reads again, the others, which have emptied theirs meanwhile, go on and lose nothing.
 *
 * <p>{@link #offer} is for any thread, the rest for the router thread.
 */
final class IopubQueue {
  static final long RETRY_MILLIS = 5;
  private static final int HIGH_WATER_MARK = 100;
  private static final int CREDIT_BYTES = 16 << 20;
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("rayshell.iopub.patience", 30));
  private static final int ROUND = 64;
  private static final byte SUBSCRIBE = 1;

  private record Entry(Outgoing message, int credit) {}

  private final ZMQ.Socket socket;
  private final Consumer<String> subscribed;
  private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
  private final Semaphore credit = new Semaphore(CREDIT_BYTES, true);
  private boolean stalled;
  private long stalledSince;
  private boolean gaveUp;

  /** The last argument hears each topic that a front end subscribes to, on the router thread. */
  IopubQueue(ZMQ.Socket socket, Consumer<String> subscribed) {
    this.socket = socket;
    this.subscribed = subscribed;
  }

  static void configure(ZMQ.Socket socket) {
    socket.setSndHWM(HIGH_WATER_MARK);
    socket.setRcvHWM(0);
    socket.setXpubNoDrop(true);
    // Each subscription is to be heard of, not only the first to a topic.
    socket.setXpubVerbose(true);
  }

  ZMQ.Socket socket() {
    return socket;
  }

  void offer(List<byte[]> frames, boolean patient) {
    int bytes = patient ? acquire(frames) : 0;
    queue.add(new Entry(new Outgoing(frames), bytes));
  }

  private int acquire(List<byte[]> frames) {
    long size = 0;
    for (byte[] frame : frames) {
      size += frame.length;
    }
    int bytes = (int) Math.min(size, CREDIT_BYTES);
    // A flag that was up before must not let every message pass, so it is put aside.
    boolean interrupted = Thread.interrupted();
    try {
      credit.acquire(bytes);
    } catch (InterruptedException e) {
      interrupted = true;
      bytes = 0;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return bytes;
  }

  boolean isStalled() {
    return stalled;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Sends what it can; whether anything moved. */
  boolean move() {
    int count = 0;
    for (List<byte[]> frames; (frames = Router.frames(socket)) != null; count++) {
      byte[] event = frames.get(0);
      if (event.length > 0 && event[0] == SUBSCRIBE) {
        subscribed.accept(new String(event, 1, event.length - 1, StandardCharsets.UTF_8));
      }
    }
    for (Entry next; count < ROUND && (next = queue.peek()) != null; count++) {
      if (!send(next.message())) {
        return count > 0;
      }
      queue.poll();
      credit.release(next.credit());
    }
    return count > 0;
  }

  private boolean send(Outgoing message) {
    if (message.send(socket)) {
      stalled = false;
      gaveUp = false;
      return true;
    }
    long now = System.nanoTime();
    if (!stalled) {
      stalled = true;
      stalledSince = now;
    }
    if (!gaveUp && now - stalledSince < PATIENCE.toNanos()) {
      return false;
    }
    if (!gaveUp) {
      gaveUp = true;
      Log.log()
          .warn(
              "a front end has read nothing for {} s: it loses messages until it reads",
              PATIENCE.toSeconds());
    }
    // Drops it for the full pipes only, which then are left out until they have room again.
    socket.setXpubNoDrop(false);
    message.send(socket);
    socket.setXpubNoDrop(true);
    stalled = false;
    return true;
  }
}
