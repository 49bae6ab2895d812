package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** What Java prints in cells, and from which threads, in a launched kernel. */
class PrintedByCellsTest {
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void start() {
    kernel = KernelProcess.start(JavaEngine.class, "--enable-native-access=ALL-UNNAMED");
    client = TestClient.connect(kernel);
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  private static String printed(String code) {
    Run run = client.execute(code);
    assertEquals("ok", run.status(), () -> code + ": " + run.content());
    return run.stream("stdout");
  }

  private static Stream<Arguments> prints() {
    return Stream.of(
        Arguments.of("System.out.print(\"10%\\r20%\\r\\n\");", "10%\r20%\r\n"),
        Arguments.of(
            "System.out.print(\"\\u001b[31mred\\u001b[0m a\\bb \\0 \\f\");",
            "\u001b[31mred\u001b[0m a\bb \0 \f"),
        Arguments.of("System.out.print('\\ud83d'); System.out.print('\\ude00');", "😀"),
        Arguments.of(
            "System.out.print(\"a\\ud83d\");\nThread.sleep(100);\nSystem.out.print(\"\\ude00b\");",
            "a😀b"),
        Arguments.of("System.out.print(\"a \\ud83d b \\ude00 c\");", "a ? b ? c"),
        Arguments.of("for (int b : new int[] {0xE2, 0x82, 0xAC}) System.out.write(b);", "€"),
        Arguments.of(
            "System.out.write(0xFF); System.out.print(\"é\"); System.out.write(0xC3);"
                + " System.out.print(\"x\");",
            "\uFFFDé\uFFFDx"),
        Arguments.of("System.out.print(new char[] {'a'}); System.out.print(1.5f);", "a1.5"),
        Arguments.of("System.out.print((Object) null); System.out.println();", "null\n"),
        Arguments.of(
            "System.out.printf(\"%d %s;\", 1, \"é\").format(Locale.FRENCH, \"%.1f\", 1.5);",
            "1 é;1,5"),
        Arguments.of("System.out.append(\"xyz\", 1, 2).append('c').append(null);", "ycnull"),
        Arguments.of("IO.print(\"by \"); IO.println('I'); IO.print(\"O\");", "by I\nO"),
        Arguments.of("new PrintWriter(System.out, true).println(\"writer\");", "writer\n"),
        Arguments.of(
            """
            var old = System.out;
            var bytes = new ByteArrayOutputStream();
            System.setOut(new PrintStream(bytes));
            System.out.print("in");
            System.setOut(old);
            System.out.print(bytes + " again");
            """,
            "in again"));
  }

  @ParameterizedTest
  @MethodSource("prints")
  void textArrivesAsItWasPrinted(String code, String text) {
    assertEquals(text, printed(code));
  }

  @Test
  void whoClosesTheStreamSilencesNobody() {
    assertEquals(
        "a\nb\n",
        printed(
            "try (var out = new PrintWriter(System.out)) { out.println(\"a\"); }\n"
                + "System.out.close();\nSystem.out.println(\"b\");"));
    assertEquals("c\n", printed("System.out.println(\"c\");"));
  }

  @Test
  void twentyMegabytesInOnePrintArriveWhole() {
    assertEquals("é".repeat(10 << 20), printed("System.out.print(\"é\".repeat(10 << 20));"));
  }

  @Test
  void aHundredThousandLinesArriveWhole() {
    assertEquals(
        IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()),
        printed("for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);"));
  }

  @Test
  void linesOfManyThreadsStayWhole() {
    String all =
        printed(
            """
            var threads = IntStream.range(0, 8).mapToObj(k -> Thread.ofPlatform().start(() -> {
              for (int i = 0; i < 5_000; i++) {
                if (i % 3 == 0) System.out.printf("%d.%d%n", k, i); else System.out.println(k + "." + i);
              }
            })).toList();
            for (var thread : threads) thread.join();
            """);
    Map<String, List<String>> byThread =
        all.lines()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('.')),
                    TreeMap::new,
                    Collectors.toList()));
    assertEquals(8, byThread.size());
    byThread.forEach((k, lines) ->
        assertEquals(IntStream.range(0, 5_000).mapToObj(i -> k + "." + i).toList(), lines));
  }

  @Test
  void threadsOfEveryKindPrintToTheirCell() {
    assertEquals(
        "pool\ncommon\nvirtual\nfactory\n",
        printed(
            """
            var pool = java.util.concurrent.Executors.newSingleThreadExecutor();
            pool.submit(() -> System.out.println("pool")).get();
            pool.shutdown();
            java.util.concurrent.CompletableFuture.runAsync(() -> System.out.println("common")).get();
            Thread.startVirtualThread(() -> System.out.println("virtual")).join();
            try (var each = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
              each.submit(() -> System.out.println("factory"));
            }
            """));
  }

  @Test
  void aTimerKeepsTheCellThatMadeIt() {
    String first =
        client.sendExecute(
            """
            var gate = new java.util.concurrent.CountDownLatch(1);
            new Timer(true).schedule(new TimerTask() {
              public void run() {
                try { gate.await(); } catch (InterruptedException e) { return; }
                System.out.print("late");
                display("shown late");
              }
            }, 0);
            """);
    assertEquals("ok", client.await(first).status());
    client.execute("gate.countDown();");
    int found = 0;
    while (found < 2) {
      Message message = client.nextIopub();
      String type = message.header().type();
      if (type.equals("stream") || type.equals("display_data")) {
        assertEquals(first, TestClient.parent(message), message.toString());
        found++;
      }
    }
  }

  @Test
  void logsOfCellsAreTheirStderr() {
    String code = "java.util.logging.Logger.getLogger(\"mine\").warning(\"hear\");";
    assertTrue(client.execute(code).stream("stderr").endsWith("WARNING: hear\n"));
    // The handler keeps the stream that it found at first.
    assertTrue(client.execute(code).stream("stderr").endsWith("WARNING: hear\n"));
    assertTrue(
        client
            .execute("System.getLogger(\"mine\").log(System.Logger.Level.WARNING, \"too\");")
            .stream("stderr")
            .endsWith("WARNING: too\n"));
  }

  @Test
  void displaysOfManyThreadsHaveIdsOfTheirOwn() {
    Run run =
        client.execute(
            """
            var ids = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
            var showing = IntStream.range(0, 8).mapToObj(k -> Thread.ofPlatform().start(() -> {
              for (int i = 0; i < 20; i++) {
                var shown = display("first " + k);
                updateDisplay(shown, "then " + k);
                ids.add(shown);
              }
            })).toList();
            for (var thread : showing) thread.join();
            clearOutput(true);
            ids.size()
            """);
    assertEquals("160", run.result());
    assertEquals(160, run.contents("display_data").size());
    assertEquals(160, run.contents("update_display_data").size());
    assertTrue(run.contents("clear_output").getFirst().get("wait").getAsBoolean());
  }
}
