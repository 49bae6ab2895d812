package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

class SessionTest {
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void start() {
    kernel = KernelProcess.start(EchoEngine.class);
    client = TestClient.connect(kernel);
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void kernelInfoOnShellAndControl() {
    Run run = client.ask("kernel_info_request", "{}");
    assertEquals("echo", run.content().get("implementation").getAsString());
    String id = client.control("kernel_info_request", TestClient.json("{}"));
    assertEquals(id, TestClient.parent(client.nextControl()));
    client.untilIdle(id);
  }

  @Test
  void aCellHasInputResultAndReply() {
    Run run = client.execute("echo hello");
    assertEquals("ok", run.status());
    assertEquals("hello", run.result());
    assertEquals(List.of("execute_input", "execute_result"), run.types());
    assertNull(client.execute("print x").result());
  }
}
