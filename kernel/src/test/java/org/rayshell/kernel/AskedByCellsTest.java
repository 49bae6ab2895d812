package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

/** Java's ways to ask the person at the front end, in a launched kernel. */
class AskedByCellsTest {
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void start() {
    kernel =
        KernelProcess.start(
            JavaEngine.class, "--enable-native-access=ALL-UNNAMED", "-Dstdin.encoding=UTF-8");
    client = TestClient.connect(kernel);
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  private static Run asked(String code, String... answers) {
    String id = client.sendExecute(code);
    for (String answer : answers) {
      assertEquals(id, TestClient.parent(client.nextStdin()));
      client.answer(answer);
    }
    return client.await(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new Scanner(System.in).nextLine()",
        "new BufferedReader(new InputStreamReader(System.in)).readLine()",
        "IO.readln()",
        "IO.readln(\"Name? \")",
        "readLine(\"Name? \")",
        "readPassword(\"Word? \")",
        "try (var in = new Scanner(System.in)) { System.out.print(in.nextLine()); }"
      })
  void linesAreAskedFor(String code) {
    for (String line : new String[] {"Zoë 😀", "", " two  words "}) {
      Run run = asked(code, line);
      String got = run.result() == null ? run.stream("stdout") : run.result();
      assertEquals(line, got, run.content().toString());
    }
  }

  @Test
  void onlyPasswordsAreHidden() {
    String id = client.sendExecute("readPassword(\"Word? \") + readLine(\"Name? \")");
    JsonObject first = client.nextStdin().content();
    assertEquals("Word? ", first.get("prompt").getAsString());
    assertTrue(first.get("password").getAsBoolean());
    client.answer("a");
    JsonObject second = client.nextStdin().content();
    assertEquals("Name? ", second.get("prompt").getAsString());
    assertEquals(false, second.get("password").getAsBoolean());
    client.answer("b");
    assertEquals("ab", client.await(id).result());
  }

  @Test
  void aCellsOwnMethodHidesOurs() {
    assertEquals("ok", client.execute("String readLine(int n) { return \"own\"; }").status());
    assertEquals("own", client.execute("readLine(1)").result());
  }

  @Test
  void whatACellLeavesOfALineNoLaterCellReads() {
    assertEquals("x", asked("(char) System.in.read()", "xyz").result());
    assertEquals("0", client.execute("System.in.available()").result());
    assertEquals("b", asked("System.in.skip(1); (char) System.in.read()", "abc").result());
    // A scanner's own buffer is the user's.
    assertEquals(
        "12", asked("var scanner = new Scanner(System.in); scanner.nextInt()", "12 13").result());
    assertEquals("13", client.execute("scanner.nextInt()").result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new Scanner(System.in).nextLine()", "IO.readln()", "readPassword(\"Word? \")"})
  void anInterruptFreesWhoWaits(String code) {
    String id = client.sendExecute(code);
    client.nextStdin();
    client.control("interrupt_request", new JsonObject());
    client.nextControl();
    assertEquals("KeyboardInterrupt", client.await(id).content().get("ename").getAsString());
    client.answer("too late");
    assertEquals("in time", asked(code, "in time").result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new Scanner(System.in).nextLine()", "IO.readln()", "readPassword(\"Word? \")"})
  void aFrontEndWithoutInputIsNamed(String code) {
    Run run = client.ask("execute_request", noInput(code));
    assertEquals("error", run.status());
    assertTrue(run.content().get("ename").getAsString().endsWith("NoInputException"));
    String why = run.content().get("evalue").getAsString();
    assertTrue(why.startsWith("the front end takes no input") && why.contains("run the cell"), why);
  }

  private static String noInput(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("allow_stdin", false);
    return content.toString().replace('\'', '"');
  }

  @Test
  void twoThreadsAskOneAfterTheOther() {
    Run run =
        asked(
            """
            var got = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
            var first = new Thread(() -> got.add(new Scanner(System.in).nextLine()));
            var second = new Thread(() -> got.add(readLine("? ")));
            first.start();
            second.start();
            first.join();
            second.join();
            new TreeSet<>(got)
            """,
            "p",
            "q");
    assertEquals("[p, q]", run.result());
  }

  @Test
  void aThreadThatOutlivesItsCellIsTold() {
    client.execute(
        """
        var ended = new java.util.concurrent.CountDownLatch(1);
        var told = new java.util.concurrent.CompletableFuture<String>();
        Thread.ofPlatform().start(() -> {
          try {
            ended.await();
            told.complete(new Scanner(System.in).nextLine());
          } catch (Exception e) {
            told.complete(e.getMessage());
          }
        });
        """);
    String said = client.execute("ended.countDown(); told.get()").result();
    assertTrue(said.endsWith("has ended: only a running cell can ask for input"), said);
  }
}
