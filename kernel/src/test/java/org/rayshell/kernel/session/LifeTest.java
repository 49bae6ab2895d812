package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class LifeTest {
  private static final String ECHO = EchoEngine.class.getName();

  private static void expectEnd(TestClient client, Message reply, boolean restart) {
    assertEquals("shutdown_reply", reply.header().type());
    assertEquals(restart, reply.content().get("restart").getAsBoolean());
    Run run = new Run(reply, client.untilIdle(TestClient.parent(reply)));
    assertEquals(1, run.contents("shutdown_reply").size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void controlShutsDownAKernelWhoseCellRuns(boolean restart) {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      client.sendExecute("print on\nsleep");
      while (!client.nextIopub().header().type().equals("stream")) {
        // Until the cell runs.
      }
      client.control("shutdown_request", TestClient.json("{'restart': " + restart + "}"));
      expectEnd(client, client.nextControl(), restart);
      assertEquals(0, kernel.awaitExit());
    }
  }

  @Test
  void shellShutsDownAKernelThatWaitsForInput() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      String cell = client.sendExecute("ask x");
      client.nextStdin();
      client.shell("shutdown_request", TestClient.json("{'restart': false}"));
      Message reply = client.nextShell();
      if (TestClient.parent(reply).equals(cell)) {
        reply = client.nextShell();
      }
      expectEnd(client, reply, false);
      assertEquals(0, kernel.awaitExit());
    }
  }

  @Test
  void anEngineThatDoesNotCloseIsNotWaitedFor() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Decho.closeHangs=true");
        TestClient client = TestClient.connect(kernel)) {
      client.execute("echo x");
      client.control("shutdown_request", new JsonObject());
      expectEnd(client, client.nextControl(), false);
      assertEquals(0, kernel.awaitExit());
    }
  }

  @Test
  void aKernelWhoseReaderIsStuckStillEnds() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel, 5)) {
      client.sendExecute("megabytes 60");
      client.control("kernel_info_request", new JsonObject());
      client.nextControl();
      client.control("shutdown_request", new JsonObject());
      assertEquals("shutdown_reply", client.nextControl().header().type());
      assertEquals(0, kernel.awaitExit());
    }
  }

  @Test
  void aKernelEndsWhenItsJupyterIsKilled() throws Exception {
    Process jupyter = new ProcessBuilder("sleep", "600").start();
    try (KernelProcess kernel =
            KernelProcess.start(ECHO, Map.of("JPY_PARENT_PID", Long.toString(jupyter.pid())));
        TestClient client = TestClient.connect(kernel)) {
      client.sendExecute("print on\nsleep");
      while (!client.nextIopub().header().type().equals("stream")) {
        // Until the cell runs.
      }
      jupyter.destroyForcibly().waitFor();
      assertEquals(0, kernel.awaitExit());
    } finally {
      jupyter.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "99999999", "none", "-3"})
  void aParentThatIsNoneIsNotWatched(String pid) {
    try (KernelProcess kernel = KernelProcess.start(ECHO, Map.of("JPY_PARENT_PID", pid));
        TestClient client = TestClient.connect(kernel)) {
      assertEquals("x", client.execute("echo x").result());
      assertTrue(kernel.process().isAlive());
    }
  }

  @Test
  void theTermSignalEndsIt() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      client.execute("echo x");
      kernel.process().destroy();
      assertEquals(143, kernel.awaitExit());
    }
  }

  @Test
  void aCellThatExitsEndsTheKernelWithItsCode() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      client.sendExecute("print last words\nexit 7");
      Message message = client.nextIopub();
      while (!message.header().type().equals("stream")) {
        message = client.nextIopub();
      }
      assertEquals("last words\n", message.content().get("text").getAsString());
      assertEquals(7, kernel.awaitExit());
    }
  }

  @Test
  void withoutAConnectionFileItSaysSo(@TempDir Path directory) throws Exception {
    Path wrong = directory.resolve("wrong.json");
    Files.writeString(wrong, "{\"transport\": \"tcp\"}");
    assertTrue(run(64).contains("usage"));
    assertTrue(run(69, directory.resolve("none.json").toString()).contains("none.json"));
    assertTrue(run(69, wrong.toString()).contains("shell_port is missing"));
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient client = TestClient.connect(kernel)) {
      String said = run(69, kernel.connectionFile().toString());
      assertTrue(said.contains(kernel.connection().address("shell")), said);
      assertFalse(said.contains("Exception"), said);
      assertEquals("alive", client.execute("echo alive").result());
    }
  }

  private static String run(int exitCode, String... arguments) throws Exception {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.util.List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.rayshell.kernel.Main");
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(exitCode, process.waitFor(), said);
    return said;
  }
}
