package org.rayshell.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.rayshell.kernel.wire.CodePoints;
import org.rayshell.kernel.wire.Reply;
import org.rayshell.kernel.wire.Request;

/** Answers the requests of typing and of looking back. Thread-safe. */
final class Assistance {
  private static final List<String> FEATURES = List.of("kernel subshells");

  private final EngineHost host;
  private final History history;

  Assistance(EngineHost host, History history) {
    this.host = host;
    this.history = history;
  }

  Reply complete(Request.Complete request) {
    String code = request.code();
    int cursor = CodePoints.toIndex(code, request.cursor());
    Engine.Completion completion = host.engine().complete(code, cursor);
    int start = CodePoints.toPosition(code, completion.start());
    int end = CodePoints.toPosition(code, completion.end());
    JsonArray types = new JsonArray();
    for (Engine.Match match : completion.matches()) {
      JsonObject type = new JsonObject();
      type.addProperty("text", match.text());
      type.addProperty("type", match.type());
      type.addProperty("signature", match.signature());
      type.addProperty("start", start);
      type.addProperty("end", end);
      types.add(type);
    }
    List<String> matches = completion.matches().stream().map(Engine.Match::text).toList();
    return new Reply.Completed(matches, start, end, types);
  }

  /** No completions. */
  Reply none(Request.Complete request) {
    return new Reply.Completed(List.of(), request.cursor(), request.cursor(), new JsonArray());
  }

  Reply inspect(Request.Inspect request) {
    int cursor = CodePoints.toIndex(request.code(), request.cursor());
    Engine.Inspection found = host.engine().inspect(request.code(), cursor, request.detail());
    return found.data() == null
        ? new Reply.Inspected(null, new JsonObject())
        : new Reply.Inspected(Bundles.data(found.data()), Bundles.metadata(found.data()));
  }

  Reply isComplete(Request.IsComplete request) {
    Engine.Completeness completeness = host.engine().isComplete(request.code());
    return new Reply.Completeness(completeness.status(), completeness.indent());
  }

  Reply history(Request.History request) {
    List<History.Entry> found =
        switch (request.access()) {
          case Request.Access.Range(int session, int start, int stop) ->
              history.range(session, start, stop);
          case Request.Access.Tail(int n) -> history.tail(n);
          case Request.Access.Search(String pattern, int n, boolean unique) ->
              history.search(pattern, n, unique);
        };
    JsonArray entries = new JsonArray();
    for (History.Entry entry : found) {
      JsonArray item = new JsonArray();
      item.add(entry.session());
      item.add(entry.line());
      if (request.output()) {
        JsonArray both = new JsonArray();
        both.add(entry.input());
        both.add(entry.output());
        item.add(both);
      } else {
        item.add(entry.input());
      }
      entries.add(item);
    }
    return new Reply.History(entries);
  }

  Reply kernelInfo() {
    Engine.KernelInfo info = host.info();
    JsonArray links = new JsonArray();
    for (Engine.HelpLink link : info.helpLinks()) {
      JsonObject json = new JsonObject();
      json.addProperty("text", link.text());
      json.addProperty("url", link.url());
      links.add(json);
    }
    return new Reply.KernelInfo(
        info.implementation(),
        info.implementationVersion(),
        info.banner(),
        info.languageVersion(),
        links,
        FEATURES);
  }
}
