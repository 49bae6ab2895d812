package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;

/** Cells of several shells that share one Java session. */
class JavaSubshellsTest extends JavaKernelTest {
  private static String subshell() {
    return client
        .askControl("create_subshell_request", "{}")
        .content()
        .get("subshell_id")
        .getAsString();
  }

  @Test
  void aCellOfOneLetsThatOfAnotherGoOn() {
    String shell = subshell();
    client.execute("var gate = new CountDownLatch(1);\nint step = 0;");
    String waiting = client.sendExecute("gate.await();\nstep + 1");
    assertEquals("ok", client.awaitAmongOthers(client.sendExecute(shell, "step = 41")).status());
    assertEquals(
        "ok",
        client.awaitAmongOthers(client.sendExecute(shell, "%%time\ngate.countDown()")).status());
    assertEquals("42", client.awaitAmongOthers(waiting).result());
  }

  @Test
  void definitionsOfAllAreSeenByAll() {
    List<String> shells = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      shells.add(subshell());
    }
    List<String> ids = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (String shell : shells) {
        int n = ids.size();
        ids.add(
            client.sendExecute(
                shell,
                "int m%1$d(int n) { return n + %1$d; }\nint v%1$d = m%1$d(1);\nv%1$d"
                    .formatted(n)));
      }
    }
    for (int n = 0; n < ids.size(); n++) {
      assertEquals(String.valueOf(n + 1), client.awaitAmongOthers(ids.get(n)).result());
    }
    assertEquals("40", client.execute("v0 + m38(0) + 1").result());
  }

  @Test
  void aTextThatNeverEndsKeepsNoOtherFromItsOwn() {
    String shell = subshell();
    client.execute(
        "var out = new CountDownLatch(1);\n"
            + "class Slow { public String toString() { try { out.await(); return \"at last\"; }"
            + " catch (InterruptedException e) { return \"never\"; } } }");
    String waiting = client.sendExecute("new Slow()");
    Run other = client.awaitAmongOthers(client.sendExecute(shell, "List.of(1, 2)"));
    assertEquals("[1, 2]", other.result());
    client.awaitAmongOthers(client.sendExecute(shell, "out.countDown()"));
    assertEquals("at last", client.awaitAmongOthers(waiting).result());
  }
}
