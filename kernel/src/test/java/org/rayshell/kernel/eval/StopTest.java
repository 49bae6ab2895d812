package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StopTest {
  @AutoClose private final Cells cells = new Cells();

  private EvalResult stopped(String code) throws Exception {
    Cells.there = new CountDownLatch(1);
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                if (Cells.there.await(30, TimeUnit.SECONDS)) {
                  cells.evaluator().stop();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    EvalResult result = cells.run(code.replace("HERE", "arrived.run();"));
    stopper.join();
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HERE while (true) {}",
        "HERE for (;;) { try { Thread.sleep(1000); } catch (Throwable e) {} }",
        "HERE while (true) try { while (true) {} } catch (Throwable e) {}",
        "HERE Thread.sleep(1_000_000);",
        "HERE new CountDownLatch(1).await();",
        "HERE IntStream.iterate(0, i -> i).forEach(i -> {});",
        "HERE IntStream.iterate(0, i -> i).parallel().map(i -> i).allMatch(i -> i == 0)",
        "void loop() { HERE do {} while (true); }\nloop();",
        "class L { void loop() { int i = 0; HERE while (i >= 0) { i = (i + 1) % 7; } } }\n"
            + "new L().loop();",
        "int rec(int n) { if (n == 0) return 0; return rec(n - 1) + rec(n - 1); }\nHERE rec(60)",
        "var t = new Thread(() -> { while (true) {} });\nt.start();\nHERE t.join();",
        "HERE synchronized (this_lock) { while (true) this_lock.wait(); }"
      })
  void endsAndKeepsTheState(String code) throws Exception {
    cells.ok(
        "int kept = 7;\nObject this_lock = new Object();\n"
            + "Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();");
    assertInstanceOf(EvalResult.Interrupted.class, stopped(code));
    assertFalse(Thread.interrupted(), "no interrupt is left behind");
    assertEquals(7, cells.value("kept"));
    assertEquals(10, cells.value("int sum = 0; for (int i = 0; i < 5; i++) sum += i;\nsum"));
  }

  @Test
  void theRestOfTheCellDoesNotRun() throws Exception {
    cells.ok(
        "int ran = 0;\n"
            + "Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();");
    assertInstanceOf(
        EvalResult.Interrupted.class,
        stopped(
            "try { HERE Thread.sleep(1_000_000); } catch (InterruptedException e) { ran += 1; }\n"
                + "ran += 10;"));
    assertEquals(1, cells.value("ran"));
  }

  @Test
  void aStopWhileItCompilesHolds() throws Exception {
    StringBuilder code = new StringBuilder("int n = 0;\n");
    for (int i = 0; i < 200; i++) {
      code.append("class C").append(i).append(" { int v = ").append(i).append("; }\n");
    }
    code.append("n = 1;");
    Thread cell = Thread.currentThread();
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              while (!inCompiler(cell)) {
                Thread.onSpinWait();
              }
              cells.evaluator().stop();
            });
    assertInstanceOf(EvalResult.Interrupted.class, cells.run(code.toString()));
    stopper.join();
    assertEquals(3, cells.value("1 + 2"));
  }

  private static boolean inCompiler(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().startsWith("com.sun.tools.javac")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void withoutACellNothingHappens() {
    cells.evaluator().stop();
    assertEquals(1, cells.value("1"));
  }

  @Test
  void threadsOfEarlierCellsLiveOn() throws Exception {
    cells.ok(
        """
        volatile boolean end = false;
        var counted = new java.util.concurrent.atomic.AtomicLong();
        var old = new Thread(() -> { while (!end) { counted.incrementAndGet(); } });
        old.setDaemon(true);
        old.start();
        Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();
        """);
    assertInstanceOf(EvalResult.Interrupted.class, stopped("HERE while (true) {}"));
    assertTrue((boolean) cells.value("old.isAlive()"));
    cells.ok("end = true;\nold.join();");
  }
}
