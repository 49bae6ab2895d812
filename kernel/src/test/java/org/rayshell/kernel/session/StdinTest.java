package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class StdinTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  @Test
  void aQuestionIsAskedUnderItsCellAndAnswered() {
    String id = client.sendExecute("raw before\nask Name?");
    Message question = client.nextStdin();
    assertEquals(id, TestClient.parent(question));
    assertEquals("Name?", question.content().get("prompt").getAsString());
    assertEquals(false, question.content().get("password").getAsBoolean());
    client.answer("Zoë 😀");
    assertEquals("Zoë 😀", client.await(id).result());
  }

  @Test
  void aPasswordIsAskedAsOne() {
    String id = client.sendExecute("password Word?");
    assertTrue(client.nextStdin().content().get("password").getAsBoolean());
    client.answer("secret", new JsonObject());
    assertEquals("secret", client.await(id).result());
  }

  @Test
  void systemInAsksForALine() {
    String id = client.sendExecute("readline");
    client.nextStdin();
    client.answer("typed");
    assertEquals("typed", client.await(id).result());
  }

  @Test
  void anInterruptFreesTheCellThatAsks() {
    String id = client.sendExecute("ask Name?");
    client.nextStdin();
    client.control("interrupt_request", new JsonObject());
    client.nextControl();
    assertEquals("error", client.await(id).status());
    // An answer that comes too late is not the next question's.
    client.answer("late");
    String next = client.sendExecute("ask Again?");
    client.nextStdin();
    client.answer("in time");
    assertEquals("in time", client.await(next).result());
  }

  @Test
  void aFrontEndThatTakesNoInputIsNotAsked() {
    Run run = client.ask("execute_request", "{'code': 'ask x', 'allow_stdin': false}");
    assertEquals("error", run.status());
    assertTrue(run.content().get("traceback").toString().contains("allow_stdin=false"));
  }

  @Test
  void aThreadThatOutlivesItsCellCannotAsk() {
    client.execute("asklater x");
    String id = client.sendExecute("release");
    client.await(id);
    // What the thread printed carries the first cell's parent.
    Message said = client.nextIopub();
    while (!said.header().type().equals("stream")) {
      said = client.nextIopub();
    }
    assertTrue(said.content().get("text").getAsString().contains("has ended"), said.toString());
  }
}
