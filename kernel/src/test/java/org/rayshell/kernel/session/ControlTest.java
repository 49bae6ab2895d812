package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class ControlTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  private void interrupt() {
    String id = client.control("interrupt_request", new JsonObject());
    assertEquals(id, TestClient.parent(client.nextControl()));
    client.untilIdle(id);
  }

  private String startSleeping() {
    String id = client.sendExecute("print asleep\nsleep");
    List<Message> before = new ArrayList<>();
    do {
      before.add(client.nextIopub());
    } while (!before.getLast().header().type().equals("stream"));
    return id;
  }

  private void awaitIdle(String id) {
    assertEquals(id, TestClient.parent(client.nextShell()));
    Message message = client.nextIopub();
    while (!(TestClient.isStatus(message, "idle") && TestClient.parent(message).equals(id))) {
      message = client.nextIopub();
    }
  }

  @Test
  void anInterruptEndsTheCellAndItsSession() {
    String id = startSleeping();
    interrupt();
    awaitIdle(id);
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void anInterruptWithNoCellMeetsNoLaterOne() {
    for (int i = 0; i < 50; i++) {
      interrupt();
      assertEquals("ok", client.execute("echo x").status());
    }
  }

  @Test
  void aSignalInterrupts() throws Exception {
    String id = startSleeping();
    Process kill =
        new ProcessBuilder("kill", "-INT", Long.toString(ECHO.kernel().process().pid())).start();
    assertEquals(0, kill.waitFor());
    awaitIdle(id);
    assertEquals("alive", client.execute("echo alive").result());
  }

  @Test
  void controlIsAnsweredWhileACellRuns() {
    String id = startSleeping();
    for (int i = 0; i < 10; i++) {
      String info = client.control("kernel_info_request", new JsonObject());
      assertEquals(info, TestClient.parent(client.nextControl()));
      client.untilIdle(info);
    }
    interrupt();
    awaitIdle(id);
  }

  @Test
  void bothChannelsAtOnceKeepTheirParents() {
    List<String> cells = new ArrayList<>();
    List<String> infos = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cells.add(client.sendExecute("print p" + i + "\necho r" + i));
      infos.add(client.control("kernel_info_request", new JsonObject()));
    }
    for (int i = 0; i < 100; i++) {
      Run run = client.await(cells.get(i));
      assertEquals("p" + i + "\n", run.stream("stdout"));
      assertEquals("r" + i, run.result());
      assertEquals(infos.get(i), TestClient.parent(client.nextControl()));
      assertEquals(List.of(), client.untilIdle(infos.get(i)));
    }
  }
}
