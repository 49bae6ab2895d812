package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class OutputTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  @Test
  void streamsAreApartAndInOrder() {
    Run run = client.execute("print a\nerr b\nraw c\\r\nraw d");
    assertEquals("a\nc\rd", run.stream("stdout"));
    assertEquals("b\n", run.stream("stderr"));
    List<String> names = new ArrayList<>();
    for (JsonObject each : run.contents("stream")) {
      String name = each.get("name").getAsString();
      // On a busy machine what a cell prints in two calls can be two messages.
      if (names.isEmpty() || !names.getLast().equals(name)) {
        names.add(name);
      }
    }
    assertEquals(List.of("stdout", "stderr", "stdout"), names);
  }

  @Test
  void outputComesBeforeWhatFollowsIt() {
    assertEquals(
        List.of("execute_input", "stream", "display_data", "stream", "execute_result"),
        client.execute("raw a\ndisplay b\nraw c\necho d").types());
    assertEquals(
        List.of("execute_input", "stream", "error"), client.execute("raw a\nfail b").types());
  }

  @Test
  void aHundredThousandLinesArriveInFewMessages() {
    Run run = client.execute("lines 100000");
    String expected =
        IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertEquals(expected, run.stream("stdout"));
    assertTrue(run.published().size() < 1000, () -> run.published().size() + " messages");
  }

  @Test
  void aReaderThatPausesLosesNothingAndControlAnswersMeanwhile() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Xmx200m");
        TestClient slow = TestClient.connect(kernel, 5)) {
      String id = slow.sendExecute("megabytes 200");
      // More is printed than the kernel's heap and all buffers on the way hold: the cell waits for
      // us.
      for (int i = 0; i < 20; i++) {
        String info = slow.control("kernel_info_request", new JsonObject());
        assertEquals(info, TestClient.parent(slow.nextControl()));
      }
      long length = 0;
      Message message = slow.nextIopub();
      while (!(TestClient.isStatus(message, "idle") && TestClient.parent(message).equals(id))) {
        if (message.header().type().equals("stream")) {
          length += message.content().get("text").getAsString().length();
        }
        message = slow.nextIopub();
      }
      assertEquals(200L * 1024 * 1025, length);
      assertEquals("ok", slow.nextShell().content().get("status").getAsString());
    }
  }

  @Test
  void aReaderThatNeverReadsAgainTakesNothingFromOneThatDoes() {
    try (KernelProcess kernel =
            KernelProcess.start(EchoEngine.class, "-Xmx200m", "-Drayshell.iopub.patience=1");
        TestClient dead = TestClient.connect(kernel, 5);
        TestClient live = TestClient.connect(kernel)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(40 * 1024 * 1025, live.execute("megabytes 40").stream("stdout").length());
      }
      Run small = live.execute("lines 1000\nerr e\necho done");
      assertEquals(1000, small.stream("stdout").lines().count());
      assertEquals("done", small.result());
      assertTrue(kernel.stderr().contains("loses messages until it reads"), kernel.stderr());
      // It sees the beginning, later a gap, and then again what is published.
      assertEquals("status", dead.nextIopub().header().type());
    }
  }

  @Test
  void aReaderThatGoesAwayWhileItIsWaitedForFreesTheCell() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class, "-Xmx200m");
        TestClient live = TestClient.connect(kernel)) {
      TestClient gone = TestClient.connect(kernel, 5);
      String id = live.sendExecute("megabytes 40\necho done");
      gone.awaitOutput(id);
      gone.close();
      assertEquals("done", live.await(id).result());
    }
  }

  @Test
  void anInterruptEndsACellThatWaitsForAReader() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient slow = TestClient.connect(kernel, 5)) {
      String id = slow.sendExecute("megabytes 60\nsleep");
      Message message = slow.nextIopub();
      while (!message.header().type().equals("stream")) {
        message = slow.nextIopub();
      }
      slow.control("interrupt_request", new JsonObject());
      assertEquals("interrupt_reply", slow.nextControl().header().type());
      while (!(TestClient.isStatus(message, "idle") && TestClient.parent(message).equals(id))) {
        message = slow.nextIopub();
      }
      assertEquals("error", slow.nextShell().content().get("status").getAsString());
    }
  }

  @Test
  void aThreadKeepsItsCellAfterTheCellHasEnded() {
    String first = client.sendExecute("later printed late");
    client.await(first);
    String second = client.sendExecute("release\nprint in between");
    client.nextShell();
    // The late text is passed on by time, before or after the second cell's idle.
    Map<String, String> printed = new HashMap<>();
    boolean idle = false;
    while (!idle || printed.size() < 2) {
      Message message = client.nextIopub();
      idle |= TestClient.isStatus(message, "idle");
      if (message.header().type().equals("stream")) {
        printed.put(TestClient.parent(message), message.content().get("text").getAsString());
      }
    }
    assertEquals(Map.of(first, "printed late\n", second, "in between\n"), printed);
  }

  @Test
  void threadsOfTheCommonPoolPrintToTheCellThatRuns() {
    client.execute("parallel a");
    Run run = client.execute("parallel b");
    assertEquals(200, run.stream("stdout").lines().filter(l -> l.startsWith("b")).count());
  }

  @Test
  void charactersMayComeByteByByte() {
    assertEquals("ä€😀z", client.execute("bytes ä€😀z").stream("stdout"));
  }

  @Test
  void aLoneSurrogateDoesNotBreakTheStream() {
    assertEquals("a?b", client.execute("surrogate").stream("stdout"));
  }

  @Test
  void logsGoToTheProcessAndNotToTheCell() {
    Run run = client.execute("log hear me");
    assertEquals(List.of("execute_input"), run.types());
    assertTrue(ECHO.kernel().stderr().contains("hear me"), ECHO.kernel().stderr());
    assertEquals("", ECHO.kernel().stdout());
  }
}
