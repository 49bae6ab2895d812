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
import org.rayshell.kernel.wire.Reply;
import org.rayshell.kernel.wire.Request;
import org.rayshell.kernel.wire.RequestParser;
import org.rayshell.kernel.wire.Signer;

/**
 * A kernel's session, from its sockets to its engine. Each request gets one busy, one reply where
 * its type has one, and one idle, whatever is thrown on the way. Shell's requests run in order on
 * the execution thread, control's on a thread of their own.
 */
public final class Session implements Inbox {
  private static final JsonObject NO_PARENT = new JsonObject();
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(200);

  private final ConnectionFile connection;
  private final Router router;
  private final Publisher publisher;
  private final Stdin stdin;
  private final EngineHost host = new EngineHost();
  private final Activity activity;
  private final Execution execution;
  private final Assistance assistance;
  private final SessionComms comms = new SessionComms(this::publishForComm);
  private final SessionContext context;
  private final ScheduledExecutorService timer;
  private final RequestLoop shell = new RequestLoop("kernel-execution", this::handle);
  private final RequestLoop control = new RequestLoop("kernel-control", this::handle);
  // Until the first request or subscription: only then is "starting" news, and the truth.
  private final AtomicBoolean fresh = new AtomicBoolean(true);
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Binds the sockets.
   *
   * @throws IOException if that fails
   */
  public Session(ConnectionFile connection, History history) throws IOException {
    this.connection = connection;
    Signer signer = Signer.of(connection.scheme(), connection.key());
    router = new Router(connection, new MessageCodec(signer), this);
    publisher = new Publisher(router);
    stdin = new Stdin(publisher);
    activity = new Activity(host, stdin);
    timer = timer();
    execution = new Execution(host, publisher, stdin, activity, history, timer);
    assistance = new Assistance(host, history);
    context = new SessionContext(comms, history);
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
    shell.start();
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
        // Shutting down must not wait behind the cell that runs.
        boolean urgent = type.equals("shutdown_request");
        (urgent ? control : shell).add(new Incoming(channel, message));
      }
      case CONTROL -> control.add(new Incoming(channel, message));
      case IOPUB -> throw new IllegalArgumentException("iopub receives no messages");
    }
  }

  @Override
  public void subscribed(String topic) {
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

  private void handle(Incoming incoming) {
    Message message = incoming.message();
    String type = message.header().type();
    JsonObject parent = message.header().json();
    publisher.publish(parent, new Publication.Status("busy"));
    boolean failed = false;
    boolean ends = false;
    List<Incoming> aborted = List.of();
    try {
      Reply reply;
      try {
        Request request = RequestParser.parse(type, message.content());
        if (request instanceof Request.Shutdown) {
          closeEngine();
          ends = true;
        }
        reply = answer(incoming, request);
        failed =
            reply instanceof Reply.ExecuteFailed
                && request instanceof Request.Execute execute
                && execute.stopOnError();
      } catch (Throwable e) {
        reply = refusal(type, e);
      }
      if (incoming.channel() == Channel.SHELL && !ends) {
        settle();
      }
      // Before the reply, so that what is sent because of it is not among them.
      if (failed) {
        aborted = sentAlready();
      }
      if (reply != null) {
        publisher.send(incoming.channel(), message, reply);
      }
      if (reply instanceof Reply.Shutdown(boolean restart)) {
        publisher.publish(parent, new Publication.ShuttingDown(restart));
      }
    } finally {
      publisher.publish(parent, new Publication.Status("idle"));
    }
    aborted.forEach(this::abort);
    if (ends) {
      end();
    }
  }

  private Reply refusal(String type, Throwable e) {
    if (!type.endsWith("_request")) {
      Log.once("a " + type + " was not handled: " + e);
      return null;
    }
    if (!(e instanceof MalformedMessageException)) {
      Log.once("a " + type + " failed: " + e);
    }
    return type.equals("execute_request")
        ? new Reply.ExecuteFailed(
            execution.count(), Throwables.name(e), Throwables.message(e), Throwables.trace(e))
        : new Reply.Failed(
            type.replaceFirst("_request$", "_reply"),
            Throwables.name(e),
            Throwables.message(e),
            Throwables.trace(e));
  }

  /** The engine publishes what it holds back, before the idle. */
  private void settle() {
    Engine engine = host.engineNow();
    if (engine == null) {
      return;
    }
    try {
      engine.beforeIdle();
    } catch (Throwable e) {
      Log.once("the engine's beforeIdle failed: " + e);
    }
  }

  private Reply answer(Incoming incoming, Request request) throws MalformedMessageException {
    Message message = incoming.message();
    return switch (request) {
      case Request.Execute execute -> execution.run(message, execute);
      case Request.Complete complete -> assistance.complete(complete);
      case Request.Inspect inspect -> assistance.inspect(inspect);
      case Request.IsComplete isComplete -> assistance.isComplete(isComplete);
      case Request.History history -> assistance.history(history);
      case Request.KernelInfo _ -> assistance.kernelInfo();
      case Request.Connect _ -> new Reply.Connect(connection.ports());
      case Request.CommInfo(String target) -> new Reply.CommInfo(comms.open(target));
      case Request.CommOpen open ->
          comm(message, () -> comms.opened(open, message.metadata(), message.buffers()));
      case Request.CommMessage data ->
          comm(message, () -> comms.arrived(data, message.metadata(), message.buffers()));
      case Request.CommClose close -> comm(message, () -> comms.closed(close));
      case Request.Interrupt _ -> {
        activity.interrupt();
        yield new Reply.Interrupted();
      }
      case Request.Shutdown(boolean restart) -> new Reply.Shutdown(restart);
      case Request.InputReply _ ->
          throw new MalformedMessageException("an input_reply belongs on the stdin channel");
      case Request.Unknown(String type) ->
          throw new MalformedMessageException("the message type " + type + " is unknown");
    };
  }

  private Reply comm(Message message, Runnable handler) {
    RequestCell cell = execution.bystander(message);
    CurrentCell.set(cell);
    try {
      handler.run();
    } finally {
      CurrentCell.leave();
      cell.flush();
    }
    return null;
  }

  private void publishForComm(Publication publication, JsonObject metadata, List<byte[]> buffers) {
    if (CurrentCell.get() instanceof RequestCell cell) {
      cell.flush();
      publisher.publish(cell.request().header().json(), publication, metadata, buffers);
    } else {
      publisher.publish(NO_PARENT, publication, metadata, buffers);
    }
  }

  /** The requests that a front end has sent before it could know how this one ends. */
  private List<Incoming> sentAlready() {
    try {
      router.fence();
    } catch (InterruptedException e) {
      // An interrupt of the cell that has just failed: what has been read is taken.
    }
    return shell.drain();
  }

  /** A cell has failed: those already sent after it are not run; other requests are. */
  private void abort(Incoming waiting) {
    if (!waiting.message().header().type().equals("execute_request")) {
      handle(waiting);
      return;
    }
    JsonObject parent = waiting.message().header().json();
    publisher.publish(parent, new Publication.Status("busy"));
    publisher.send(Channel.SHELL, waiting.message(), new Reply.ExecuteAborted(execution.count()));
    publisher.publish(parent, new Publication.Status("idle"));
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
    Engine engine = host.engineNow();
    if (engine == null) {
      return;
    }
    Thread closer =
        Thread.ofPlatform()
            .name("kernel-close")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .start(() -> {
              try {
                engine.close();
              } catch (Throwable e) {
                Log.log().warn("the engine did not close well", e);
              }
            });
    try {
      closer.join(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    // Its last tasks pass on what has been printed, within their 20 ms.
    timer.shutdown();
    try {
      timer.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    router.close(CLOSE_PATIENCE);
    ended.countDown();
  }
}
