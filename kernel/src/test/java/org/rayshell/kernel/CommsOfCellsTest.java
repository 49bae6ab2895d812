package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** Comms whose kernel's side is code of cells. */
class CommsOfCellsTest extends JavaKernelTest {
  @BeforeAll
  static void prepare() {
    ok(
        """
        import com.google.gson.JsonObject;
        import io.github.spencerpark.jupyter.kernel.comm.*;
        import io.github.spencerpark.jupyter.messages.Message;
        import io.github.spencerpark.jupyter.messages.comm.*;
        int heard = 0;
        class Echo extends Comm {
          Echo(CommManager manager, String id, String target) { super(manager, id, target); }
          protected void onMessage(Message<CommMsgCommand> message) {
            JsonObject data = message.getContent().getData();
            System.out.print("heard " + data);
            heard++;
            if (data.has("fail")) throw new IllegalStateException("on purpose");
            while (data.has("spin")) {}
            send(data);
          }
          protected void onClose(Message<CommCloseCommand> message, boolean sending) {
            System.out.print("closed " + (sending ? "here" : "there"));
          }
        }
        comms().registerTarget("echo", (manager, id, target, open) -> new Echo(manager, id, target));
        """);
  }

  private static List<Message> tell(String type, String content) {
    return client.untilIdle(client.shell(type, TestClient.json(content)));
  }

  private static void open(String id) {
    tell("comm_open", "{'comm_id': '" + id + "', 'target_name': 'echo', 'data': {}}");
  }

  @Test
  void aFrontEndOpensTalksAndCloses() {
    open("c1");
    List<Message> answer = tell("comm_msg", "{'comm_id': 'c1', 'data': {'x': 1}}");
    assertEquals("heard {\"x\":1}", new Run(null, answer).stream("stdout"));
    JsonObject back = new Run(null, answer).contents("comm_msg").getFirst();
    assertEquals("{\"x\":1}", back.getAsJsonObject("data").toString());
    assertEquals("c1", back.get("comm_id").getAsString());
    List<Message> closed = tell("comm_close", "{'comm_id': 'c1', 'data': {}}");
    assertEquals("closed there", new Run(null, closed).stream("stdout"));
  }

  @Test
  void aCellOpensTalksAndCloses() {
    Run run =
        ok(
            "var mine = comms().openComm(\"front\", (manager, id, target, open) ->"
                + " new Echo(manager, id, target));\nmine.send(new JsonObject());\nmine.close();");
    List<String> types = new ArrayList<>(run.types());
    types.removeIf(each -> !each.startsWith("comm_"));
    assertEquals(List.of("comm_open", "comm_msg", "comm_close"), types);
    assertEquals("closed here", run.stream("stdout"));
    assertEquals("front", run.contents("comm_open").getFirst().get("target_name").getAsString());
  }

  @Test
  void whatAHandlerThrowsIsSaidUnderItsMessage() {
    open("c2");
    List<Message> said = tell("comm_msg", "{'comm_id': 'c2', 'data': {'fail': 1}}");
    String text = new Run(null, said).stream("stderr");
    assertTrue(text.startsWith("java.lang.IllegalStateException: on purpose\n"), text);
    assertTrue(text.contains("at Echo.onMessage(In [1]:"), text);
    assertFalse(text.contains("org.rayshell"), text);
  }

  @Test
  void aHandlerThatDoesNotEndIsInterrupted() {
    open("c3");
    String id = client.shell("comm_msg", TestClient.json("{'comm_id': 'c3', 'data': {'spin': 1}}"));
    client.awaitOutput(id);
    client.askControl("interrupt_request", "{}");
    String text = new Run(null, client.untilIdle(id)).stream("stderr");
    assertEquals("the handler of a comm_msg was interrupted\n", text);
    assertEquals("true", ok("heard > 0").result());
  }
}
