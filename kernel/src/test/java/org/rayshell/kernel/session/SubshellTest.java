package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

class SubshellTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel();
  private final TestClient client = ECHO.client();

  private String create() {
    Run run = client.askControl("create_subshell_request", "{}");
    assertEquals("ok", run.status());
    return run.content().get("subshell_id").getAsString();
  }

  private Run delete(String id) {
    return client.askControl("delete_subshell_request", "{'subshell_id': '" + id + "'}");
  }

  private Set<String> list() {
    Set<String> ids = new HashSet<>();
    JsonObject content = client.askControl("list_subshell_request", "{}").content();
    content.getAsJsonArray("subshell_id").forEach(id -> ids.add(id.getAsString()));
    return ids;
  }

  @Test
  void theKernelSaysThatItHasThem() {
    JsonObject info = client.ask("kernel_info_request", "{}").content();
    assertEquals("[\"kernel subshells\"]", info.get("supported_features").toString());
  }

  @Test
  void theyAreCreatedListedAndDeleted() {
    String first = create();
    String second = create();
    assertTrue(list().containsAll(Set.of(first, second)));
    assertEquals("ok", delete(first).status());
    assertTrue(list().contains(second) && !list().contains(first));
    assertEquals("ok", delete(second).status());
    Run gone = delete(second);
    assertEquals("error", gone.status());
    assertTrue(gone.content().get("evalue").getAsString().contains(second));
  }

  @Test
  void ofCompletionsThatWaitTheLatestAloneIsMade() {
    String other = create();
    String main = client.sendExecute("await latest");
    JsonObject content = TestClient.json("{'code': '😀ec', 'cursor_pos': 3}");
    List<String> typed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      typed.add(client.shell("complete_request", content));
    }
    client.awaitAmongOthers(client.sendExecute(other, "signal latest"));
    client.awaitAmongOthers(main);
    for (String each : typed.subList(0, 2)) {
      JsonObject none = client.await(each).content();
      assertEquals("[]", none.get("matches").toString());
      assertEquals(3, none.get("cursor_end").getAsInt());
    }
    assertEquals("[\"echo\"]", client.await(typed.get(2)).content().get("matches").toString());
    delete(other);
  }

  @Test
  void aLongCellHoldsBackNoOtherShell() {
    String shell = create();
    String other = create();
    String main = client.sendExecute("await main");
    String sub = client.sendExecute(shell, "await " + shell);
    assertEquals("here", client.await(client.sendExecute(other, "echo here")).result());
    for (String type : List.of("complete_request", "inspect_request", "is_complete_request")) {
      JsonObject content = TestClient.json("{'code': 'ec', 'cursor_pos': 2}");
      Message reply = client.await(client.subshell(other, type, content)).reply();
      assertEquals(type.replace("request", "reply"), reply.header().type());
    }
    client.awaitAmongOthers(client.sendExecute(other, "signal " + shell));
    assertEquals("ok", client.awaitAmongOthers(sub).status());
    client.awaitAmongOthers(client.sendExecute(shell, "signal main"));
    assertEquals("ok", client.awaitAmongOthers(main).status());
    delete(shell);
    delete(other);
  }

  @Test
  void eachKeepsItsOrderItsParentsAndASharedCount() {
    List<String> shells = List.of(create(), create(), create());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      ids.add(client.sendExecute(shells.get(i % 3), "print p" + i + "\necho r" + i));
    }
    Set<Integer> counts = new HashSet<>();
    for (int i = 0; i < 90; i++) {
      Run run = client.awaitAmongOthers(ids.get(i));
      assertEquals("p" + i + "\n", run.stream("stdout"));
      assertEquals("r" + i, run.result());
      int count = run.content().get("execution_count").getAsInt();
      assertTrue(counts.add(count), "count " + count);
      assertEquals(
          count, run.contents("execute_input").getFirst().get("execution_count").getAsInt());
    }
    shells.forEach(this::delete);
  }

  @Test
  void aThreadKeepsItsCellWhileOthersRun() {
    String shell = create();
    String main = client.sendExecute("print on\nawait m\nprint late");
    client.awaitOutput(main);
    String sub = client.sendExecute(shell, "print sub\nsignal m\nawait s\nprint sub late");
    Run ended = client.awaitAmongOthers(main);
    assertEquals("on\nlate\n", ended.stream("stdout"));
    client.awaitAmongOthers(client.sendExecute("signal s"));
    assertEquals("sub\nsub late\n", client.awaitAmongOthers(sub).stream("stdout"));
    delete(shell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execute_request",
        "complete_request",
        "kernel_info_request",
        "history_request",
        "no_such_request"
      })
  void anUnknownSubshellIsNamedEvenWhileACellRuns(String type) {
    String main = client.sendExecute("await " + type);
    String id = client.subshell("nowhere", type, TestClient.json("{'code': 'echo x'}"));
    Run run = client.await(id);
    assertEquals("error", run.status());
    assertEquals(type.replace("request", "reply"), run.reply().header().type());
    assertTrue(run.content().get("evalue").getAsString().contains("subshell_id=nowhere"));
    assertEquals(List.of(), run.published());
    String shell = create();
    client.awaitAmongOthers(client.sendExecute(shell, "signal " + type));
    assertEquals("ok", client.awaitAmongOthers(main).status());
    delete(shell);
  }

  @Test
  void anIdThatIsNoTextIsAnUnknownOne() {
    List<byte[]> frames =
        client.frames(
            "kernel_info_request",
            new JsonObject(),
            header -> header.add("subshell_id", TestClient.json("{'a': [1]}")));
    client.shellFrames(frames);
    Message reply = client.nextShell();
    assertTrue(reply.content().get("evalue").getAsString().contains("subshell_id={"), "" + reply);
    client.untilIdle(TestClient.parent(reply));
  }

  @Test
  void aDeletedOneEndsItsCellAndRefusesWhatWaits() {
    String shell = create();
    String running = client.sendExecute(shell, "print on\nawait d\necho done");
    client.awaitOutput(running);
    String waiting = client.sendExecute(shell, "echo never");
    // What shell has received is known to be in its queue when this has been answered.
    client.await(client.shell("kernel_info_request", new JsonObject()));
    assertEquals("ok", delete(shell).status());
    assertEquals(Set.of(), list());
    client.awaitAmongOthers(client.sendExecute("signal d"));
    Run ended = client.awaitAmongOthers(running);
    assertEquals("ok", ended.status());
    Run refused = client.awaitAmongOthers(waiting);
    assertEquals("error", refused.status());
    assertTrue(refused.content().get("evalue").getAsString().contains(shell));
  }

  @Test
  void aFailureAbortsWhatWaitsInItsOwnShellAlone() {
    String shell = create();
    String failing = client.sendExecute(shell, "await f\nfail on purpose");
    String aborted = client.sendExecute(shell, "echo not this");
    String main = client.sendExecute("await g\necho this");
    String other = client.sendExecute("echo that");
    String helper = create();
    client.awaitAmongOthers(client.sendExecute(helper, "signal f"));
    assertEquals("error", client.awaitAmongOthers(failing).status());
    assertEquals("aborted", client.awaitAmongOthers(aborted).status());
    client.awaitAmongOthers(client.sendExecute(helper, "signal g"));
    assertEquals("this", client.awaitAmongOthers(main).result());
    assertEquals("that", client.awaitAmongOthers(other).result());
    delete(shell);
    delete(helper);
  }

  @Test
  void anInterruptEndsTheCellsOfAll() {
    String shell = create();
    String main = client.sendExecute("print on\nsleep");
    client.awaitOutput(main);
    String sub = client.sendExecute(shell, "print on\nask Name?");
    client.nextStdin();
    String id = client.control("interrupt_request", new JsonObject());
    assertEquals(id, TestClient.parent(client.nextControl()));
    Set<String> ended =
        Set.of(TestClient.parent(client.nextShell()), TestClient.parent(client.nextShell()));
    assertEquals(Set.of(main, sub), ended);
    client.untilIdle(main);
    client.untilIdle(sub);
    assertEquals("alive", client.execute("echo alive").result());
    assertEquals("alive", client.await(client.sendExecute(shell, "echo alive")).result());
    delete(shell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"create_subshell_request", "list_subshell_request", "delete_subshell_request"})
  void shellIsNotWhereTheyAreManaged(String type) {
    Run run = client.ask(type, "{'subshell_id': 'x'}");
    assertEquals("error", run.status());
    assertTrue(run.content().get("evalue").getAsString().contains("control"));
  }

  @Test
  void thereIsAnEndOfThem() {
    Set<String> created = new HashSet<>();
    Run run = client.askControl("create_subshell_request", "{}");
    while (run.status().equals("ok")) {
      created.add(run.content().get("subshell_id").getAsString());
      run = client.askControl("create_subshell_request", "{}");
    }
    assertTrue(run.content().get("evalue").getAsString().contains("delete_subshell_request"));
    assertTrue(created.size() >= 100, "" + created.size());
    created.forEach(this::delete);
    assertEquals(Set.of(), list());
  }

  @Test
  void aKernelEndsWhoseSubshellsRun() {
    try (KernelProcess kernel = KernelProcess.start(EchoEngine.class);
        TestClient own = TestClient.connect(kernel)) {
      Run run = own.askControl("create_subshell_request", "{}");
      own.sendExecute(run.content().get("subshell_id").getAsString(), "print on\nsleep");
      Message message = own.nextIopub();
      while (!message.header().type().equals("stream")) {
        message = own.nextIopub();
      }
      own.control("shutdown_request", TestClient.json("{'restart': false}"));
      assertEquals("shutdown_reply", own.nextControl().header().type());
      assertEquals(0, kernel.awaitExit());
    }
  }

  @Test
  void aCellThatHadToWaitIsAnnouncedWhileItRuns() {
    String first = client.sendExecute("await turn");
    String second = client.sendExecute("sleep");
    client.awaitPublished(first, "execute_input");
    String subshell = create();
    String signal = client.sendExecute(subshell, "signal turn");
    // It says nothing itself, and nothing else wakes the kernel.
    client.awaitPublished(second, "execute_input");
    client.awaitAmongOthers(signal);
    client.askControl("interrupt_request", "{}");
    client.awaitAmongOthers(first);
    assertEquals("error", client.awaitAmongOthers(second).status());
    delete(subshell);
  }
}
