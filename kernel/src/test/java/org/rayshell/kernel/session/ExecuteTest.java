package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

class ExecuteTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel("-Xmx64m");
  private final TestClient client = ECHO.client();

  private int count() {
    return client.execute("echo count").content().get("execution_count").getAsInt();
  }

  @Test
  void aCellHasInputResultAndReply() {
    int before = count();
    Run run = client.execute("echo hello");
    assertEquals("ok", run.status());
    assertEquals("hello", run.result());
    assertEquals(List.of("execute_input", "execute_result"), run.types());
    JsonObject input = run.contents("execute_input").get(0);
    assertEquals("echo hello", input.get("code").getAsString());
    assertEquals(before + 1, input.get("execution_count").getAsInt());
    assertEquals(before + 1, run.content().get("execution_count").getAsInt());
    assertNull(client.execute("print x").result());
  }

  @Test
  void aSilentCellPublishesNoInputAndNoResultAndDoesNotCount() {
    int before = count();
    Run run = client.ask("execute_request", "{'code': 'echo x', 'silent': true}");
    assertEquals("ok", run.status());
    assertEquals(List.of(), run.types());
    // qtconsole asks so for the number of its prompt, which is one more.
    assertEquals(before, run.content().get("execution_count").getAsInt());
    assertEquals(before + 1, count());
  }

  @Test
  void withoutStoreHistoryTheCountStays() {
    int before = count();
    Run run = client.ask("execute_request", "{'code': 'echo x', 'store_history': false}");
    assertEquals("x", run.result());
    assertEquals(before, run.content().get("execution_count").getAsInt());
    assertEquals(before + 1, count());
  }

  @Test
  void blankCodeIsAnsweredAndDoesNotCount() {
    int before = count();
    assertEquals("ok", client.execute(" \n").status());
    assertEquals(before + 1, count());
  }

  @Test
  void userExpressionsAreEvaluatedEachByItself() {
    Run run =
        client.ask(
            "execute_request",
            "{'code': 'print x', 'user_expressions': {'good': 'echo 7', 'bad': 'fail no'}}");
    JsonObject expressions = run.content().getAsJsonObject("user_expressions");
    JsonObject good = expressions.getAsJsonObject("good");
    assertEquals("ok", good.get("status").getAsString());
    assertEquals("7", good.getAsJsonObject("data").get("text/plain").getAsString());
    JsonObject bad = expressions.getAsJsonObject("bad");
    assertEquals("error", bad.get("status").getAsString());
    assertEquals("no", bad.get("evalue").getAsString());
    assertNull(run.result());
  }

  @Test
  void aPayloadReachesTheFrontEnd() {
    JsonObject payload =
        client.execute("page text").content().getAsJsonArray("payload").get(0).getAsJsonObject();
    assertEquals("page", payload.get("source").getAsString());
    assertEquals("text", payload.getAsJsonObject("data").get("text/plain").getAsString());
  }

  @Test
  void aFailureIsPublishedAndAnswered() {
    Run run = client.execute("fail because");
    assertEquals("error", run.status());
    assertEquals("because", run.content().get("evalue").getAsString());
    assertEquals("because", run.contents("error").get(0).get("evalue").getAsString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw java.lang.ThreadDeath",
        "throw java.lang.LinkageError",
        "throw java.io.IOException",
        "throw java.lang.InterruptedException",
        "throw java.util.concurrent.CancellationException",
        "overflow",
        "exhaust"
      })
  void whateverIsThrownBecomesTheCellsError(String code) {
    Run run = client.execute(code);
    assertEquals("error", run.status());
    assertEquals(1, run.contents("error").size());
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void requestsInARowAreAnsweredInOrder() {
    String first = client.sendExecute("echo 1");
    String second = client.sendExecute("echo 2");
    assertEquals(first, TestClient.parent(client.nextShell()));
    assertEquals(second, TestClient.parent(client.nextShell()));
    client.untilIdle(first);
    client.untilIdle(second);
  }

  @Test
  void cellsAfterAFailedOneAreAbortedAndOtherRequestsAreNot() {
    String failing = client.sendExecute("ask go?\nfail on purpose");
    client.nextStdin();
    String next = client.sendExecute("echo not this");
    String info = client.shell("kernel_info_request", new JsonObject());
    String last = client.sendExecute("echo nor this");
    client.answer("yes");
    assertEquals("error", client.await(failing).status());
    Run aborted = client.await(next);
    assertEquals("aborted", aborted.status());
    assertEquals(List.of(), aborted.types());
    assertEquals("ok", client.await(info).status());
    assertEquals("aborted", client.await(last).status());
    assertEquals("again", client.execute("echo again").result());
  }

  @Test
  void withoutStopOnErrorTheNextCellRuns() {
    String failing =
        client.shell(
            "execute_request",
            TestClient.json("{'code': 'ask go?\\nfail x', 'stop_on_error': false}"));
    client.nextStdin();
    String next = client.sendExecute("echo runs");
    client.answer("yes");
    assertEquals("error", client.await(failing).status());
    assertEquals("runs", client.await(next).result());
  }

  @Test
  void displaysCarryTheirIdAndUpdates() {
    Run run = client.execute("display one\nupdate two\nplain three\nclear true");
    assertEquals(
        List.of(
            "execute_input", "display_data", "update_display_data", "display_data", "clear_output"),
        run.types());
    JsonObject first = run.contents("display_data").get(0);
    assertEquals("<b>one</b>", first.getAsJsonObject("data").get("text/html").getAsString());
    assertEquals("d1", first.getAsJsonObject("transient").get("display_id").getAsString());
    assertTrue(run.contents("display_data").get(1).getAsJsonObject("transient").isEmpty());
    assertTrue(run.contents("clear_output").get(0).get("wait").getAsBoolean());
  }

  @Test
  void anUpdateAfterTheCellHasEndedIsHeardUnderTheOneThatRuns() {
    client.execute("display one\nupdatelater two");
    Run run = client.execute("release");
    JsonObject update = run.contents("update_display_data").get(0);
    assertEquals("d1", update.getAsJsonObject("transient").get("display_id").getAsString());
    assertEquals("two", update.getAsJsonObject("data").get("text/plain").getAsString());
  }

  @Test
  void numbersThatJsonLacksDoNotBreakTheMessage() {
    JsonObject result = client.execute("nan").contents("execute_result").get(0);
    JsonObject value = result.getAsJsonObject("data").getAsJsonObject("application/json");
    assertTrue(value.get("value").isJsonNull());
  }

  @Test
  void aLoneSurrogateInAResultIsReplaced() {
    assertEquals("a?b", client.execute("surrogateresult").result());
    assertFalse(ECHO.kernel().stderr().contains("Exception"));
  }
}
