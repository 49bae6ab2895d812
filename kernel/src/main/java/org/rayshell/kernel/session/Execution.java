package org.rayshell.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.Publication;
import org.rayshell.kernel.wire.Reply;
import org.rayshell.kernel.wire.Request;

/** Runs {@code execute_request}s. Thread-safe: each shell runs one at a time. */
final class Execution {
  private final EngineHost host;
  private final Publisher publisher;
  private final Stdin stdin;
  private final Activity activity;
  private final History history;
  private final ScheduledExecutorService timer;
  // Of all shells together.
  private final AtomicInteger count = new AtomicInteger();

  Execution(
      EngineHost host,
      Publisher publisher,
      Stdin stdin,
      Activity activity,
      History history,
      ScheduledExecutorService timer) {
    this.host = host;
    this.publisher = publisher;
    this.stdin = stdin;
    this.activity = activity;
    this.history = history;
    this.timer = timer;
  }

  int count() {
    return count.get();
  }

  /** A cell for a request that is no execution: what its handler prints and opens is its own. */
  RequestCell bystander(Message message) {
    RequestCell cell = new RequestCell(message, count.get(), true, false, publisher, stdin, timer);
    cell.stop();
    return cell;
  }

  /** Runs the code and publishes how it ends; the reply is yet to be sent. */
  Reply run(Message message, Request.Execute request) {
    boolean counts = request.storeHistory() && !request.code().isBlank();
    int number = counts ? count.incrementAndGet() : count.get() + 1;
    // The last that counted: front ends make the next prompt's number of it.
    int answered = counts ? number : number - 1;
    RequestCell cell =
        new RequestCell(
            message, number, request.silent(), request.allowStdin(), publisher, stdin, timer);
    // Before a front end hears of it: an interrupt that comes then is for this cell.
    activity.begin(cell);
    CurrentCell.enter(cell);
    try {
      if (!request.silent()) {
        cell.publish(new Publication.ExecuteInput(request.code(), number));
      }
      Engine.ExecuteResult result = execute(request.code(), cell, cell);
      if (counts) {
        String text = result instanceof Engine.ExecuteResult.Ok ok ? Bundles.text(ok.data()) : "";
        history.add(number, request.code(), text.isEmpty() ? null : text);
      }
      return result instanceof Engine.ExecuteResult.Failed failed
          ? failed(cell, failed, answered)
          : succeeded(cell, (Engine.ExecuteResult.Ok) result, request, answered);
    } finally {
      stdin.end(cell);
      activity.end(cell);
      CurrentCell.leave();
      cell.flush();
    }
  }

  /** The outer cell is the one that runs, or whose expression this is. */
  private Engine.ExecuteResult execute(String code, RequestCell cell, RequestCell outer) {
    try {
      if (code.isBlank()) {
        return new Engine.ExecuteResult.Ok(null, java.util.List.of());
      }
      Engine engine = host.engine();
      if (outer.interrupted()) {
        throw new InterruptedException("interrupted before the engine had started");
      }
      return engine.execute(code, cell);
    } catch (Throwable e) {
      return Throwables.failed(e);
    }
  }

  private Reply succeeded(
      RequestCell cell, Engine.ExecuteResult.Ok ok, Request.Execute request, int answered) {
    if (ok.data() != null && !request.silent()) {
      cell.publish(
          new Publication.ExecuteResult(
              cell.count(), Bundles.data(ok.data()), Bundles.metadata(ok.data())));
    }
    JsonArray payload = new JsonArray();
    if (ok.payload() != null) {
      ok.payload().forEach(item -> payload.add(payload(item)));
    }
    JsonObject expressions = new JsonObject();
    for (Map.Entry<String, String> entry : request.userExpressions().entrySet()) {
      expressions.add(entry.getKey(), evaluate(entry.getValue(), cell));
    }
    return new Reply.Executed(answered, payload, expressions);
  }

  private static JsonElement payload(Engine.Payload item) {
    JsonObject json = new JsonObject();
    json.addProperty("source", item.source());
    json.add("data", Bundles.data(item.data()));
    json.addProperty("start", item.start());
    return json;
  }

  private JsonElement evaluate(String expression, RequestCell cell) {
    RequestCell quiet =
        new RequestCell(cell.request(), cell.count(), true, false, publisher, stdin, timer);
    JsonObject json = new JsonObject();
    switch (execute(expression, quiet, cell)) {
      case Engine.ExecuteResult.Ok ok -> {
        json.addProperty("status", "ok");
        json.add("data", ok.data() == null ? new JsonObject() : Bundles.data(ok.data()));
        json.add("metadata", ok.data() == null ? new JsonObject() : Bundles.metadata(ok.data()));
      }
      case Engine.ExecuteResult.Failed failed -> {
        json = new Reply.Failed("", failed.ename(), failed.evalue(), failed.traceback()).json();
      }
    }
    quiet.stop();
    quiet.flush();
    return json;
  }

  private Reply failed(RequestCell cell, Engine.ExecuteResult.Failed failed, int answered) {
    cell.publish(new Publication.Failure(failed.ename(), failed.evalue(), failed.traceback()));
    return new Reply.ExecuteFailed(answered, failed.ename(), failed.evalue(), failed.traceback());
  }
}
