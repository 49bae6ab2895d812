package org.rayshell.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** A kernel whose widgets a test plays the page of. */
abstract class WidgetCells extends JavaKernelTest {
  private static final String VIEW = "application/vnd.jupyter.widget-view+json";

  /** The widget that the cell shows. */
  static String shown(Run run) {
    JsonObject result = run.contents("execute_result").getFirst();
    return result.getAsJsonObject("data").getAsJsonObject(VIEW).get("model_id").getAsString();
  }

  static JsonObject state(Run run, String id) {
    return run.contents("comm_open").stream()
        .filter(each -> each.get("comm_id").getAsString().equals(id))
        .findFirst()
        .orElseThrow()
        .getAsJsonObject("data")
        .getAsJsonObject("state");
  }

  /** The front end changes a part of the state. */
  static Run change(String id, String state) {
    return tell(id, "{'method': 'update', 'state': " + state + ", 'buffer_paths': []}");
  }

  static Run happen(String id, String event) {
    return tell(id, "{'method': 'custom', 'content': {'event': '" + event + "'}}");
  }

  static Run tell(String id, String data) {
    return tell("comm_msg", id, data);
  }

  static Run tell(String type, String id, String data) {
    String content = "{'comm_id': '" + id + "', 'data': " + data + "}";
    return new Run(null, client.untilIdle(client.shell(type, TestClient.json(content))));
  }

  /** The states that such messages of the widget carry, in their order. */
  static List<JsonObject> sent(List<Message> messages, String id, String method) {
    return messages.stream()
        .filter(each -> each.header().type().equals("comm_msg"))
        .map(Message::content)
        .filter(each -> each.get("comm_id").getAsString().equals(id))
        .map(each -> each.getAsJsonObject("data"))
        .filter(each -> each.get("method").getAsString().equals(method))
        .map(each -> each.getAsJsonObject("state"))
        .toList();
  }

  /** Waits for that on iopub. */
  static Message until(Predicate<Message> wanted) {
    Message next = client.nextIopub();
    while (!wanted.test(next)) {
      next = client.nextIopub();
    }
    return next;
  }

  /** Waits until that is printed under the cell; all that was printed there until then. */
  static String printed(Run cell, String wanted) {
    StringBuilder text = new StringBuilder();
    String parent = TestClient.parent(cell.reply());
    until(message -> {
      if (message.header().type().equals("stream") && TestClient.parent(message).equals(parent)) {
        text.append(message.content().get("text").getAsString());
      }
      return text.indexOf(wanted) >= 0;
    });
    return text.toString();
  }

  /** Waits until the widget is told such a state, if it was not before the request had ended. */
  static void told(Run request, String id, String wanted) {
    Predicate<List<Message>> tells =
        messages ->
            sent(messages, id, "update").stream()
                .anyMatch(each -> each.toString().contains(wanted));
    if (!tells.test(request.published())) {
      until(message -> tells.test(List.of(message)));
    }
  }
}
