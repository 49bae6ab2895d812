package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

class AssistanceTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  @Test
  void completionCountsCodePoints() {
    JsonObject content =
        client.ask("complete_request", "{'code': '😀😀 ec tail', 'cursor_pos': 5}").content();
    assertEquals("[\"echo\"]", content.get("matches").toString());
    assertEquals(3, content.get("cursor_start").getAsInt());
    assertEquals(5, content.get("cursor_end").getAsInt());
    JsonObject type =
        content
            .getAsJsonObject("metadata")
            .getAsJsonArray("_jupyter_types_experimental")
            .get(0)
            .getAsJsonObject();
    assertEquals("command", type.get("type").getAsString());
    assertEquals(3, type.get("start").getAsInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "99", "1e300", "null", "2"})
  void aCursorOutsideTheCodeIsBroughtIn(String cursor) {
    Run run = client.ask("complete_request", "{'code': 'ec', 'cursor_pos': " + cursor + "}");
    assertEquals("ok", run.status());
  }

  @Test
  void inspectionFindsOrSaysThatItDidNot() {
    JsonObject found =
        client
            .ask("inspect_request", "{'code': '😀x', 'cursor_pos': 2, 'detail_level': 1}")
            .content();
    assertTrue(found.get("found").getAsBoolean());
    assertEquals(
        "cursor=3 detail=1", found.getAsJsonObject("data").get("text/plain").getAsString());
    JsonObject nothing = client.ask("inspect_request", "{'code': '', 'cursor_pos': 0}").content();
    assertFalse(nothing.get("found").getAsBoolean());
  }

  @Test
  void completenessAndItsIndent() {
    assertEquals("complete", client.ask("is_complete_request", "{'code': 'echo'}").status());
    assertEquals("invalid", client.ask("is_complete_request", "{'code': '!'}").status());
    Run run = client.ask("is_complete_request", "{'code': 'a\\\\'}");
    assertEquals("incomplete", run.status());
    assertEquals("  ", run.content().get("indent").getAsString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete_request", "inspect_request", "is_complete_request"})
  void anErrorOfTheEngineIsAnswered(String type) {
    Run run = client.ask(type, "{'code': 'explode', 'cursor_pos': 3}");
    assertEquals("error", run.status());
    assertEquals("java.lang.StackOverflowError", run.content().get("ename").getAsString());
  }

  @Test
  void historyHasWhatRan() {
    int line = client.execute("echo a1").content().get("execution_count").getAsInt();
    client.execute("echo a1");
    client.execute("print a2");
    client.ask("execute_request", "{'code': 'echo hidden', 'store_history': false}");
    JsonArray tail = history("{'hist_access_type': 'tail', 'n': 2, 'output': true}");
    assertEquals(
        "[[1,%d,[\"echo a1\",\"a1\"]],[1,%d,[\"print a2\",null]]]".formatted(line + 1, line + 2),
        tail.toString());
    JsonArray range =
        history(
            "{'hist_access_type': 'range', 'session': 0, 'start': %d, 'stop': %d}"
                .formatted(line, line + 1));
    assertEquals("[[1,%d,\"echo a1\"]]".formatted(line), range.toString());
    assertEquals(2, history("{'hist_access_type': 'search', 'pattern': '*a1'}").size());
    assertEquals(
        1, history("{'hist_access_type': 'search', 'pattern': 'e?ho a1', 'unique': true}").size());
    assertEquals(1, history("{'hist_access_type': 'search', 'pattern': '*a*', 'n': 1}").size());
    assertEquals(0, history("{'hist_access_type': 'range', 'session': -1}").size());
    assertEquals("error", client.ask("history_request", "{'hist_access_type': 'x'}").status());
  }

  private JsonArray history(String content) {
    return client.ask("history_request", content).content().getAsJsonArray("history");
  }

  @Test
  void connectTellsThePorts() {
    JsonObject ports = client.ask("connect_request", "{}").content();
    assertEquals(ECHO.kernel().connection().ports().get("shell"), ports.get("shell").getAsInt());
  }

  @Test
  void kernelInfoIsAnsweredOnBothChannels() {
    Run run = client.ask("kernel_info_request", "{}");
    assertEquals("echo", run.content().get("implementation").getAsString());
    String id = client.control("kernel_info_request", new JsonObject());
    assertEquals(id, TestClient.parent(client.nextControl()));
    client.untilIdle(id);
  }
}
