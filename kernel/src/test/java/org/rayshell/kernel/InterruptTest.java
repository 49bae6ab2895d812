package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;
import org.rayshell.kernel.wire.Message;

/** Cells that do not end by themselves, in a kernel of their own, which takes the threads along. */
class InterruptTest extends JavaKernelTest {
  @BeforeAll
  static void prepare() {
    ok("int kept = 7;");
  }

  /** Interrupts the cell once it has printed; it keeps the state. */
  private static Run interrupted(String code) {
    String id = client.sendExecute(code);
    client.awaitOutput(id);
    Run run = interrupt(id);
    assertTrue(run.content().get("evalue").getAsString().contains("was interrupted"), code);
    assertEquals("8", ok("kept + 1").result());
    return run;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "while (true) try { while (true) {} } catch (Throwable e) {}",
        "Thread.sleep(1_000_000);",
        "new PipedInputStream(new PipedOutputStream()).read();",
        "LongStream.range(0, Long.MAX_VALUE).map(i -> i * 3).sum();",
        "new Scanner(System.in).nextLine();",
        "System.in.read();"
      })
  void whatCanBeEndedEnds(String code) {
    interrupted("{ System.out.println(\"there\"); " + code + " }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "new ServerSocket(0).accept();|java.net.ServerSocket.accept",
        "new ProcessBuilder(\"sleep\", \"600\").start().getInputStream().read();"
            + "|java.io.BufferedInputStream.read",
        "\"x\".repeat(5000).matches(\"(x+x+)+y\");|java.lang.String.matches",
        "BigInteger.valueOf(3).pow(300_000_000);|java.math.BigInteger.pow",
        "LongStream.range(0, Long.MAX_VALUE).sum();|java.util.stream.LongPipeline.sum"
      })
  void whatCannotBeEndedIsLeftBehindAndNamed(String code, String where) {
    // Who prints is another thread, which sees it come there.
    ok(
        """
        void sayWhenIn(String where) {
          var cell = Thread.currentThread();
          new Thread(() -> {
            while (Arrays.stream(cell.getStackTrace())
                .noneMatch(each -> (each.getClassName() + "." + each.getMethodName()).equals(where))) {
              Thread.onSpinWait();
            }
            System.out.println("there");
          }).start();
        }
        """);
    Run run = interrupted("{ sayWhenIn(\"%s\"); %s }".formatted(where, code));
    String cell = "In [" + run.content().get("execution_count").getAsInt() + "]";
    List<String> said = threadsSaid(run);
    assertEquals(1, said.size(), run.stream("stderr"));
    assertTrue(said.get(0).startsWith("thread cells-"), said.get(0));
    assertTrue(
        said.get(0).contains(" of " + cell + " still runs at " + cell + ":1, in " + where),
        said.get(0));
  }

  /** What it says of threads; on a machine that is busy it may have to leave the compiler, too. */
  private static List<String> threadsSaid(Run run) {
    return run.stream("stderr").lines().filter(line -> line.startsWith("thread ")).toList();
  }

  @Test
  void anInterruptRightAfterTheCellHasBegunIsHeard() {
    for (int i = 0; i < 20; i++) {
      String id = client.sendExecute("while (true) {}");
      awaitOf(id, "execute_input");
      client.askControl("interrupt_request", "{}");
      assertEquals("error", client.nextShell().content().get("status").getAsString());
      Message last = awaitOf(id, "status");
      assertTrue(TestClient.isStatus(last, "idle"), last.toString());
    }
    assertEquals("8", ok("kept + 1").result());
  }

  @Test
  void aCommandEndsWithWhatItHasStarted() {
    interrupted("!echo there; sleep 600 & sleep 600");
    interrupted("%%bash\ntrap '' INT\necho there\nsleep 600");
  }

  @Test
  void aRecordingEndsAndKeepsWhatThereIs(@TempDir Path folder) {
    interrupted(
        "%%jfr " + folder.resolve("cell.jfr") + "\nSystem.out.println(\"there\"); while (true) {}");
    assertTrue(Files.exists(folder.resolve("cell.jfr")));
  }

  @Test
  void aRecordingOfSecondsEndsToo(@TempDir Path folder) {
    String id = client.sendExecute("%jfr 600 " + folder.resolve("seconds.jfr"));
    awaitOf(id, "execute_input");
    client.askControl("interrupt_request", "{}");
    // It may have been too early for a recording: then it is an error, or else what there is is
    // told.
    assertEquals(id, TestClient.parent(client.nextShell()));
    awaitOf(id, "status");
    assertEquals("8", ok("kept + 1").result());
  }

  private static Message awaitOf(String id, String type) {
    Message message = client.nextIopub();
    while (!TestClient.parent(message).equals(id) || !message.header().type().equals(type)) {
      message = client.nextIopub();
    }
    return message;
  }

  @Test
  void deadlocksAreNamed() {
    Run run =
        interrupted(
            """
            var one = new Object();
            var other = new Object();
            var both = new CountDownLatch(2);
            void take(Object first, Object second) throws Exception {
              synchronized (first) {
                both.countDown();
                both.await();
                System.out.println("there");
                synchronized (second) {}
              }
            }
            var thread = new Thread(() -> {
              try { take(one, other); } catch (Exception e) {}
            }, "other");
            thread.start();
            take(other, one);
            """);
    List<String> said = threadsSaid(run);
    assertEquals(2, said.size(), run.stream("stderr"));
    assertTrue(said.get(0).contains(":9), waiting for a lock that thread other has;"), said.get(0));
    assertTrue(said.get(1).startsWith("thread other of In ["), said.get(1));
  }

  @Test
  void aTextThatDoesNotEndIsStopped() {
    interrupted(
        """
        record Endless() {
          public String toString() {
            System.out.println("there");
            while (true) {}
          }
        }
        new Endless()
        """);
  }

  @Test
  void aThreadThatEndsAtLastSaysSo() {
    ok("var gate = new Semaphore(0);\nThread left;");
    Run run =
        interrupted(
            "{ left = Thread.currentThread(); System.out.println(\"there\");"
                + " gate.acquireUninterruptibly(); }");
    String name = run.stream("stderr").split(" ")[1];
    String cell = "In [" + run.content().get("execution_count").getAsInt() + "]";
    ok("gate.release();\nleft.join();");
    String text = "";
    while (!text.contains("thread " + name + " of " + cell + " has ended")) {
      Message message = client.nextIopub();
      text = message.header().type().equals("stream") ? message.content().toString() : "";
    }
  }
}
