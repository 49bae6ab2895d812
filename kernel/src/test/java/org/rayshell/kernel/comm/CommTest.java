package org.rayshell.kernel.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class CommTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  private List<Message> tell(String type, String content, List<byte[]> buffers) {
    return client.untilIdle(client.shell(type, TestClient.json(content), buffers));
  }

  private JsonObject comms() {
    return client.ask("comm_info_request", "{}").content().getAsJsonObject("comms");
  }

  @Test
  void aFrontEndOpensTalksAndCloses() {
    tell("comm_open", "{'comm_id': 'c1', 'target_name': 'echo', 'data': {}}", List.of());
    assertEquals("echo", comms().getAsJsonObject("c1").get("target_name").getAsString());
    Run other = client.ask("comm_info_request", "{'target_name': 'other'}");
    assertTrue(other.content().getAsJsonObject("comms").isEmpty());

    byte[] buffer = {1, 2, 3};
    List<Message> answer = tell("comm_msg", "{'comm_id': 'c1', 'data': {'x': 1}}", List.of(buffer));
    assertEquals("comm says {\"x\":1}", new Run(null, answer).stream("stdout"));
    Message back = answer.getLast();
    assertEquals("comm_msg", back.header().type());
    assertEquals("{\"x\":1}", back.content().getAsJsonObject("data").toString());
    assertArrayEquals(buffer, back.buffers().get(0));

    List<Message> closed = tell("comm_close", "{'comm_id': 'c1', 'data': {}}", List.of());
    assertEquals("comm closed there", new Run(null, closed).stream("stdout"));
    assertFalse(comms().has("c1"));
  }

  @Test
  void anUnknownTargetIsClosedAtOnce() {
    List<Message> answer =
        tell("comm_open", "{'comm_id': 'c2', 'target_name': 'nobody', 'data': {}}", List.of());
    assertEquals(List.of("comm_close"), new Run(null, answer).types());
    assertFalse(comms().has("c2"));
  }

  @Test
  void whatIsNotOpenIsDropped() {
    assertEquals(List.of(), tell("comm_msg", "{'comm_id': 'no', 'data': {}}", List.of()));
    assertEquals(List.of(), tell("comm_close", "{'comm_id': 'no', 'data': {}}", List.of()));
  }

  @Test
  void anErrorInAHandlerLeavesTheKernelAlive() {
    tell("comm_open", "{'comm_id': 'c3', 'target_name': 'echo', 'data': {}}", List.of());
    tell("comm_msg", "{'comm_id': 'c3', 'data': {'throw': 1}}", List.of());
    assertEquals("alive", client.execute("echo alive").result());
    tell("comm_close", "{'comm_id': 'c3', 'data': {}}", List.of());
  }

  @Test
  void theKernelOpensTalksAndCloses() {
    Run run = client.execute("open\nsend\nclose");
    assertEquals(
        List.of("execute_input", "comm_open", "comm_msg", "comm_close", "stream"), run.types());
    assertEquals("front", run.contents("comm_open").get(0).get("target_name").getAsString());
    assertEquals("comm closed here", run.stream("stdout"));
    assertTrue(comms().isEmpty());
  }

  @Test
  void aMessageWithoutAnIdIsDropped() {
    assertEquals(List.of(), tell("comm_msg", "{'data': {}}", List.of()));
  }
}
