package org.rayshell.kernel.testkit;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.rayshell.kernel.wire.Message;

/**
 * What came of a request.
 *
 * @param published between its busy and its idle
 */
public record Run(Message reply, List<Message> published) {
  /** The reply's content. */
  public JsonObject content() {
    return reply.content();
  }

  /** The reply's status. */
  public String status() {
    return content().get("status").getAsString();
  }

  /** All text of a stream, {@code stdout} or {@code stderr}. */
  public String stream(String name) {
    return contents("stream").stream()
        .filter(c -> c.get("name").getAsString().equals(name))
        .map(c -> c.get("text").getAsString())
        .collect(Collectors.joining());
  }

  /** The text of the result; null without one. */
  public String result() {
    List<JsonObject> results = contents("execute_result");
    return results.isEmpty()
        ? null
        : results.get(0).getAsJsonObject("data").get("text/plain").getAsString();
  }

  /** Of a cell that failed the error's name, its message, and its traceback by lines. */
  public String error() {
    StringBuilder text = new StringBuilder(content().get("ename").getAsString());
    text.append(": ").append(content().get("evalue").getAsString());
    content()
        .getAsJsonArray("traceback")
        .forEach(line -> text.append('\n').append(line.getAsString()));
    return text.toString().replaceAll("\u001b\\[[\\d;]*m", "");
  }

  /** Contents of the publications of a type. */
  public List<JsonObject> contents(String type) {
    return published.stream()
        .filter(m -> m.header().type().equals(type))
        .map(Message::content)
        .toList();
  }

  /** Types of the publications, in order. */
  public List<String> types() {
    return published.stream().map(m -> m.header().type()).toList();
  }
}
