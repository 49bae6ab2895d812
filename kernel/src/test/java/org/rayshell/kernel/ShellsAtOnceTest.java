package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** Java in several shells at once. */
class ShellsAtOnceTest extends JavaKernelTest {
  private static String create() {
    return client
        .askControl("create_subshell_request", "{}")
        .content()
        .get("subshell_id")
        .getAsString();
  }

  private static Run done(String id) {
    Run run = client.awaitAmongOthers(id);
    assertEquals("ok", run.status(), () -> run.toString());
    return run;
  }

  @Test
  void aLongCellHoldsBackNoOther() {
    String shell = create();
    done(client.sendExecute("var gate = new CountDownLatch(1);"));
    String main = client.sendExecute("System.out.println(\"on\");\ngate.await();\n\"opened\"");
    client.awaitOutput(main);
    assertEquals("7", done(client.sendExecute(shell, "int seven = 7; seven")).result());
    assertEquals(
        "14",
        done(client.sendExecute(shell, "int twice(int n) { return 2 * n; }\ntwice(7)")).result());
    JsonObject content = TestClient.json("{'code': 'twi', 'cursor_pos': 3}");
    Message completed = client.await(client.subshell(shell, "complete_request", content)).reply();
    assertTrue(completed.content().get("matches").toString().contains("twice"));
    done(client.sendExecute(shell, "%%time\ngate.countDown();"));
    assertEquals("opened", done(main).result());
    assertEquals("21", done(client.sendExecute("seven + twice(7)")).result());
  }

  @Test
  void cellsOfManyShellsKeepTheirValuesAndTheirOutput() {
    List<String> shells = List.of(create(), create(), create());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      String code =
          switch (i % 5) {
            case 0 -> "int value%1$d = %1$d; System.out.println(\"p\" + value%1$d); value%1$d";
            case 1 ->
                "int method%1$d() { return %1$d; }\nSystem.out.println(\"p\" + method%1$d());\n"
                    + "method%1$d()";
            case 2 ->
                "record R%1$d(int n) {}\nSystem.out.println(\"p\" + %1$d);\nnew R%1$d(%1$d).n()";
            case 3 -> "for (int i = 0; i < 1; i++) System.out.println(\"p%1$d\");\n%1$d";
            default -> "Thread.sleep(2); System.out.println(\"p\" + %1$d); %1$d";
          };
      ids.add(client.sendExecute(shells.get(i % 3), code.formatted(i)));
    }
    for (int i = 0; i < ids.size(); i++) {
      Run run = done(ids.get(i));
      assertEquals("p" + i + "\n", run.stream("stdout"));
      assertEquals(Integer.toString(i), run.result());
    }
  }

  @Test
  void anInterruptEndsAllOfThem() {
    List<String> shells = List.of(create(), create());
    Set<String> running = new TreeSet<>();
    running.add(client.sendExecute("System.out.println(1); while (true) {}"));
    running.add(
        client.sendExecute(shells.get(0), "System.out.println(2); Thread.sleep(1_000_000);"));
    running.add(client.sendExecute(shells.get(1), "%%bash\necho 3\nsleep 1000"));
    running.forEach(client::awaitOutput);
    client.control("interrupt_request", new JsonObject());
    client.nextControl();
    for (String id : running) {
      assertEquals("error", client.awaitAmongOthers(id).status());
    }
    assertEquals("2", done(client.sendExecute("1 + 1")).result());
    for (String shell : shells) {
      assertEquals("3", done(client.sendExecute(shell, "1 + 2")).result());
    }
  }

  @Test
  void aCompileErrorInOneIsItsOwn() {
    String shell = create();
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      good.add(client.sendExecute("int g" + i + " = " + i + "; g" + i));
      bad.add(
          client.subshell(
              shell,
              "execute_request",
              TestClient.json("{'code': 'int b = nothing;', 'stop_on_error': false}")));
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(Integer.toString(i), done(good.get(i)).result());
      assertTrue(
          client
              .awaitAmongOthers(bad.get(i))
              .content()
              .get("evalue")
              .getAsString()
              .contains("nothing"));
    }
  }
}
