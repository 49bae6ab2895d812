package org.rayshell.kernel.session;

import com.google.gson.JsonObject;
import java.util.List;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.channel.ConnectionFile;
import org.rayshell.kernel.channel.HeapReserve;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.channel.Router;
import org.rayshell.kernel.comm.SessionComms;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.Publication;
import org.rayshell.kernel.wire.Reply;
import org.rayshell.kernel.wire.Request;
import org.rayshell.kernel.wire.RequestParser;

/**
 * Handles requests, from busy to idle: one busy, one reply where the type has one, and one idle,
 * whatever is thrown on the way. Thread-safe: each shell and control handle theirs on their own
 * threads.
 */
final class Requests {
  private final ConnectionFile connection;
  private final Router router;
  private final Publisher publisher;
  private final EngineHost host;
  private final Activity activity;
  private final Execution execution;
  private final Assistance assistance;
  private final SessionComms comms;
  private final Subshells subshells;
  private final Life life;

  /** The end of the session. */
  interface Life {
    /** The cells and the engine end; what has been published is on its way. */
    void closeEngine();

    /** The sockets close. */
    void end();
  }

  Requests(
      ConnectionFile connection,
      Router router,
      Publisher publisher,
      EngineHost host,
      Activity activity,
      Execution execution,
      Assistance assistance,
      SessionComms comms,
      Life life) {
    this.connection = connection;
    this.router = router;
    this.publisher = publisher;
    this.host = host;
    this.activity = activity;
    this.execution = execution;
    this.assistance = assistance;
    this.comms = comms;
    this.life = life;
    this.subshells = new Subshells(this::handle);
  }

  /** The shells that hand their requests to this. */
  Subshells subshells() {
    return subshells;
  }

  /** Handles a request on the thread of the loop in which it waited. */
  void handle(RequestLoop loop, Incoming incoming) {
    boolean runsCell = incoming.message().header().type().equals("execute_request");
    if (!runsCell) {
      handleNow(loop, incoming);
      return;
    }
    activity.handles(true);
    try {
      handleNow(loop, incoming);
    } finally {
      activity.handles(false);
    }
  }

  private void handleNow(RequestLoop loop, Incoming incoming) {
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
          life.closeEngine();
          ends = true;
        }
        reply = answer(loop, incoming, request);
        failed =
            reply instanceof Reply.ExecuteFailed
                && incoming.channel() == Channel.SHELL
                && request instanceof Request.Execute execute
                && execute.stopOnError();
      } catch (Throwable e) {
        HeapReserve.release(e);
        reply = refusal(type, e);
      }
      if (incoming.channel() == Channel.SHELL && !ends) {
        settle();
      }
      // Before the reply, so that what is sent because of it is not among them.
      if (failed) {
        aborted = sentAlready(loop);
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
    HeapReserve.restore();
    aborted.forEach(waiting -> abort(loop, waiting));
    if (ends) {
      life.end();
    }
  }

  private Reply refusal(String type, Throwable e) {
    if (!type.endsWith("_request")) {
      Log.once("a " + type + " was not handled: " + e);
      return null;
    }
    List<String> trace;
    if (e instanceof MalformedMessageException || e instanceof UnknownSubshellException) {
      trace = List.of(e.getMessage());
    } else {
      Log.once("a " + type + " failed: " + e);
      trace = Throwables.trace(e);
    }
    return type.equals("execute_request")
        ? new Reply.ExecuteFailed(
            execution.count(), Throwables.name(e), Throwables.message(e), trace)
        : new Reply.Failed(
            type.replaceFirst("_request$", "_reply"),
            Throwables.name(e),
            Throwables.message(e),
            trace);
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

  private Reply answer(RequestLoop loop, Incoming incoming, Request request)
      throws MalformedMessageException, UnknownSubshellException {
    Message message = incoming.message();
    if (incoming.channel() == Channel.SHELL && !(request instanceof Request.Shutdown)) {
      subshells.require(message.header().subshell());
    }
    // Not by the switch, which makes a class when it is first come to: 10 ms of a kernel's start.
    if (request instanceof Request.KernelInfo) {
      return assistance.kernelInfo();
    }
    if (request instanceof Request.Execute execute) {
      return execution.run(message, execute);
    }
    return switch (request) {
      // What has been typed on since is all that the front end shows.
      case Request.Complete complete ->
          loop.hasLater(incoming) ? assistance.none(complete) : assistance.complete(complete);
      case Request.Inspect inspect -> assistance.inspect(inspect);
      case Request.IsComplete isComplete -> assistance.isComplete(isComplete);
      case Request.History history -> assistance.history(history);
      case Request.KernelInfo _, Request.Execute _ -> throw new AssertionError(request);
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
      case Request.CreateSubshell _ -> {
        onControl(incoming);
        yield new Reply.SubshellCreated(subshells.create());
      }
      case Request.DeleteSubshell(String id) -> {
        onControl(incoming);
        subshells.delete(id);
        yield new Reply.SubshellDeleted();
      }
      case Request.ListSubshells _ -> {
        onControl(incoming);
        yield new Reply.Subshells(subshells.ids());
      }
      case Request.Shutdown(boolean restart) -> new Reply.Shutdown(restart);
      case Request.InputReply _ ->
          throw new MalformedMessageException("an input_reply belongs on the stdin channel");
      case Request.Unknown(String type) ->
          throw new MalformedMessageException("the message type " + type + " is unknown");
    };
  }

  private static void onControl(Incoming incoming) throws MalformedMessageException {
    if (incoming.channel() != Channel.CONTROL) {
      String type = incoming.message().header().type();
      throw new MalformedMessageException("a " + type + " belongs on the control channel");
    }
  }

  private Reply comm(Message message, Runnable handler) {
    RequestCell cell = execution.bystander(message);
    CurrentCell.set(cell);
    activity.begin(cell);
    try {
      Engine engine = host.engineNow();
      if (engine == null) {
        handler.run();
      } else {
        engine.handle(message.header().type(), cell, handler);
      }
    } finally {
      activity.end(cell);
      CurrentCell.leave();
      cell.flush();
    }
    return null;
  }

  /** The requests that a front end has sent before it could know how this one ends. */
  private List<Incoming> sentAlready(RequestLoop loop) {
    try {
      router.fence();
    } catch (InterruptedException e) {
      // An interrupt of the cell that has just failed: what has been read is taken.
    }
    return loop.drain();
  }

  /** A cell has failed: those already sent after it are not run; other requests are. */
  private void abort(RequestLoop loop, Incoming waiting) {
    if (!waiting.message().header().type().equals("execute_request")) {
      handle(loop, waiting);
      return;
    }
    JsonObject parent = waiting.message().header().json();
    publisher.publish(parent, new Publication.Status("busy"));
    publisher.send(
        waiting.channel(), waiting.message(), new Reply.ExecuteAborted(execution.count()));
    publisher.publish(parent, new Publication.Status("idle"));
  }
}
