package org.rayshell.kernel.session;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.channel.ConnectionFile;
import org.rayshell.kernel.channel.Inbox;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.channel.Router;
import org.rayshell.kernel.comm.SessionComms;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.MessageCodec;
import org.rayshell.kernel.wire.Publication;
import org.rayshell.kernel.wire.Request;
import org.rayshell.kernel.wire.RequestParser;
import org.rayshell.kernel.wire.Signer;

/**
 * A kernel's session, from its sockets to its engine. The requests of the main shell and of each
 * subshell run in order, each on a thread of their own; so do control's.
 */
public final class Session implements Inbox {
  private static final JsonObject NO_PARENT = new JsonObject();
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(200);
  // A young kernel has its history yet to open; counts from after all else has closed.
  private static final Duration KEEP_PATIENCE = Duration.ofMillis(250);

  private final Router router;
  private final Publisher publisher;
  private final Stdin stdin;
  private final EngineHost host = new EngineHost();
  private final Activity activity;
  private final Requests requests;
  private final SessionComms comms = new SessionComms(this::publishForComm);
  private final History history;
  private final SessionContext context;
  private final ScheduledExecutorService timer;
  private final RequestLoop control;
  // Until the first request or subscription: only then is "starting" news, and the truth.
  private final AtomicBoolean fresh = new AtomicBoolean(true);
  private final AtomicLong frontEnds = new AtomicLong();
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile Thread keeper;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Binds the sockets.
   *
   * @throws IOException if that fails
   */
  public Session(ConnectionFile connection, History history, NotebookAddress notebook)
      throws IOException {
    this.history = history;
    Signer signer = Signer.of(connection.scheme(), connection.key());
    router = new Router(connection, new MessageCodec(signer), this);
    publisher = new Publisher(router);
    stdin = new Stdin(publisher);
    activity = new Activity(host, stdin);
    timer = timer();
    requests =
        new Requests(
            connection,
            router,
            publisher,
            host,
            activity,
            new Execution(host, publisher, stdin, activity, history, timer),
            new Assistance(host, history),
            comms,
            new Requests.Life() {
              @Override
              public void closeEngine() {
                Session.this.closeEngine();
              }

              @Override
              public void end() {
                Session.this.end();
              }
            });
    control = new RequestLoop("kernel-control", requests::handle);
    context = new SessionContext(comms, history, notebook, frontEnds::get);
  }

  private static ScheduledExecutorService timer() {
    ThreadFactory threads =
        Thread.ofPlatform()
            .name("kernel-flush")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .factory();
    // What is printed after the end is lost; whoever prints is not to get an exception for it.
    return new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Starts the kernel's threads and, in the background, the engine of that class. */
  public void start(String engineClass) {
    // The thread exists before any cell: one that a cell made would belong to it.
    timer.execute(() -> {});
    requests.subshells().start();
    control.start();
    router.start();
    host.start(engineClass, context, CellStreams::install);
  }

  /** Waits until the session has ended. */
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void received(Channel channel, Message message) {
    String type = message.header().type();
    fresh.set(false);
    switch (channel) {
      case STDIN -> answered(message);
      case SHELL -> {
        Incoming incoming = new Incoming(channel, message);
        // Neither the end nor the word that a subshell is unknown is to wait behind a cell.
        if (type.equals("shutdown_request") || !requests.subshells().add(incoming)) {
          control.add(incoming);
        }
      }
      case CONTROL -> control.add(new Incoming(channel, message));
      case IOPUB -> throw new IllegalArgumentException("iopub receives no messages");
    }
  }

  @Override
  public void subscribed(String topic) {
    frontEnds.incrementAndGet();
    publisher.publish(NO_PARENT, new Publication.Welcome(topic));
    if (fresh.compareAndSet(true, false)) {
      publisher.publish(NO_PARENT, new Publication.Status("starting"));
    }
  }

  private void answered(Message message) {
    try {
      switch (RequestParser.parse(message.header().type(), message.content())) {
        case Request.InputReply(String value) -> stdin.answer(message, value);
        default -> Log.once("dropped a " + message.header().type() + " on stdin");
      }
    } catch (MalformedMessageException e) {
      Log.once("dropped an input_reply: " + e.getMessage());
    }
  }

  private void publishForComm(Publication publication, JsonObject metadata, List<byte[]> buffers) {
    if (ForwardingCell.behind(CurrentCell.get()) instanceof RequestCell cell) {
      cell.flush();
      publisher.publish(cell.request().header().json(), publication, metadata, buffers);
    } else {
      publisher.publish(NO_PARENT, publication, metadata, buffers);
    }
  }

  /** As {@code interrupt_request}. */
  public void interrupt() {
    activity.interrupt();
  }

  /** Ends the session without anyone having asked on a channel; returns when it has ended. */
  public void close() {
    closeEngine();
    end();
  }

  private void closeEngine() {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    activity.interrupt();
    // Beside the engine, since both may take their time.
    keeper = closing("the history", history);
    Engine engine = host.engineNow();
    if (engine != null) {
      join(closing("the engine", engine), CLOSE_PATIENCE);
    }
  }

  private static Thread closing(String what, AutoCloseable thing) {
    return Thread.ofPlatform()
        .name("kernel-close")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(() -> {
          try {
            thing.close();
          } catch (Throwable e) {
            Log.log().warn("{} did not close well", what, e);
          }
        });
  }

  private static void join(Thread thread, Duration patience) {
    try {
      thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    activity.awaitHandled(CLOSE_PATIENCE);
    // Its last tasks pass on what has been printed, within their 20 ms.
    timer.shutdown();
    try {
      timer.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    router.close(CLOSE_PATIENCE);
    Thread keeping = keeper;
    if (keeping != null) {
      join(keeping, KEEP_PATIENCE);
    }
    ended.countDown();
  }
}
