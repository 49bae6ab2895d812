package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class RobustnessTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1L;
  }

  @Test
  void aWrongSignatureIsDroppedAndSaidOnce() {
    for (int i = 0; i < 3; i++) {
      List<byte[]> frames =
          new ArrayList<>(client.frames("execute_request", TestClient.json("{'code': 'echo'}")));
      frames.set(1, bytes("00".repeat(32)));
      client.shellFrames(frames);
    }
    assertEquals("alive", client.execute("echo alive").result());
    assertEquals(1, count(ECHO.kernel().stderr(), "signature"));
  }

  @Test
  void aMessageThatIsSentAgainIsDroppedAndSaidOnce() {
    List<byte[]> frames =
        client.frames("execute_request", TestClient.json("{'code': 'print once'}"));
    for (int i = 0; i < 3; i++) {
      client.shellFrames(frames);
    }
    Message reply = client.nextShell();
    assertEquals(
        "once\n", new Run(reply, client.untilIdle(TestClient.parent(reply))).stream("stdout"));
    // The client fails if a reply comes twice.
    assertEquals("alive", client.execute("echo alive").result());
    assertEquals(1, count(ECHO.kernel().stderr(), "received before"));
  }

  @Test
  void aMessageThatIsTooLargeIsDroppedAndSaidOnce() {
    JsonObject content = new JsonObject();
    content.addProperty("code", "echo " + "x".repeat(1 << 20));
    List<byte[]> buffers = java.util.Collections.nCopies(1000, new byte[20 << 10]);
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Xmx128m");
        TestClient other = TestClient.connect(kernel)) {
      assertEquals(1 << 20, other.ask("execute_request", content.toString()).result().length());
      other.shell("execute_request", content, buffers);
      other.shell("execute_request", content, List.of(new byte[20 << 20]));
      assertEquals("alive", other.execute("echo alive").result());
      assertEquals(1, count(kernel.stderr(), "too large"));
      // Far too large: whoever sends it is cut off, and its front end comes back.
      other.shell("execute_request", content, List.of(new byte[100 << 20]));
    }
  }

  @Test
  void noiseIsDropped() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      List<byte[]> frames =
          new ArrayList<>(client.frames("execute_request", TestClient.json("{'code': 'echo x'}")));
      int at = random.nextInt(frames.size());
      switch (random.nextInt(4)) {
        case 0 -> frames.remove(at);
        case 1 -> {
          byte[] frame = frames.get(at).clone();
          frame[random.nextInt(frame.length)] ^= 0x55;
          frames.set(at, frame);
        }
        case 2 -> frames.set(at, new byte[random.nextInt(100)]);
        default -> {
          byte[] noise = new byte[random.nextInt(1, 3000)];
          random.nextBytes(noise);
          frames = List.of(noise);
        }
      }
      client.shellFrames(frames);
    }
    assertEquals("alive", client.execute("echo alive").result());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "execute_request|{}",
        "execute_request|{'code': 7}",
        "execute_request|{'code': 'x', 'silent': 'yes'}",
        "execute_request|{'code': 'x', 'user_expressions': []}",
        "complete_request|{'code': 'x', 'cursor_pos': 'y'}",
        "inspect_request|{'cursor_pos': 0}",
        "is_complete_request|{'code': null}",
        "history_request|{'n': {}}",
        "no_such_request|{}",
        "create_subshell_request|{}"
      })
  void aRequestThatIsWrongIsAnsweredWithAnError(String type, String content) {
    Run run = client.ask(type, content);
    assertEquals("error", run.status());
    assertEquals(type.replace("_request", "_reply"), run.reply().header().type());
  }

  @Test
  void aMessageOfUnknownTypeThatIsNoRequestHasNoReply() {
    String id = client.shell("nonsense", new JsonObject());
    assertEquals(List.of(), client.untilIdle(id));
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void anInputReplyThatNobodyAskedForIsDropped() {
    client.answer("x");
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void theHeartbeatEchoes() {
    assertEquals("ping", new String(client.beat(bytes("ping")), StandardCharsets.UTF_8));
  }

  @Test
  void twoFrontEndsHearEachOther() {
    try (TestClient other = TestClient.connect(ECHO.kernel())) {
      Run run = client.execute("echo shared");
      assertEquals("shared", run.result());
      String id = TestClient.parent(run.reply());
      assertEquals(run.types(), new Run(null, other.untilIdle(id)).types());
      assertEquals("mine", other.execute("echo mine").result());
    }
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void kernelInfoIsAnsweredWhileTheEngineStarts() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Decho.slow=true");
        TestClient early = TestClient.connect(kernel)) {
      assertEquals("ok", early.ask("kernel_info_request", "{}").status());
    }
  }

  @Test
  void anEngineThatDoesNotStartIsSaidInEachCell() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Decho.broken=true");
        TestClient other = TestClient.connect(kernel)) {
      assertEquals("ok", other.ask("kernel_info_request", "{}").status());
      for (int i = 0; i < 2; i++) {
        String text = other.execute("echo x").content().get("evalue").getAsString();
        assertTrue(text.contains("broken on purpose"), text);
      }
    }
  }

  @Test
  void anEngineThatFailsBeforeIdleDoesNotCostTheReply() {
    try (KernelProcess kernel =
            KernelProcess.start(EchoEngine.class, "-Decho.beforeIdleThrows=true");
        TestClient other = TestClient.connect(kernel)) {
      assertEquals("x", other.execute("echo x").result());
      assertEquals("y", other.execute("echo y").result());
    }
  }
}
