package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StopTest {
  @AutoClose private final StoppedCells stop = new StoppedCells();
  private final Cells cells = stop.cells;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ HERE while (true) {} }",
        "{ HERE for (;;) { try { Thread.sleep(1000); } catch (Throwable e) {} } }",
        "{ HERE while (true) try { while (true) {} } catch (Throwable e) {} }",
        "{ HERE Thread.sleep(1_000_000); }",
        "{ HERE new CountDownLatch(1).await(); }",
        "{ HERE IntStream.iterate(0, i -> i).forEach(i -> {}); }",
        "{ HERE IntStream.iterate(0, i -> i).parallel().map(i -> i).allMatch(i -> i == 0); }",
        "void loop() { HERE do {} while (true); }\nloop();",
        "class L { void loop() { int i = 0; HERE while (i >= 0) { i = (i + 1) % 7; } "
            + "} }\n"
            + "new L().loop();",
        "int rec(int n) { if (n == 0) return 0; return rec(n - 1) + rec(n - 1); }\n"
            + "{ HERE rec(60); }",
        "var t = new Thread(() -> { while (true) {} });\nt.start();\n{ HERE t.join(); }",
        "{ HERE synchronized (this_lock) { while (true) this_lock.wait(); } }",
        "long x = 0;\n"
            + "{ HERE for (int i = 0; i < Integer.MAX_VALUE; i++) for (int j = 0; j < "
            + "Integer.MAX_VALUE; j++) x += i ^ j; }",
        "int[] a = new int[1 << 20];\n"
            + "{ HERE for (int i = 0; i < Integer.MAX_VALUE; i++) for (int j = 0; j < "
            + "a.length; j++) a[j] += i; }",
        "{ HERE LongStream.range(0, Long.MAX_VALUE).map(i -> i * 3).sum(); }",
        "{ HERE LongStream.range(0, Long.MAX_VALUE).parallel().map(i -> i * 3).sum(); }",
        "record Text(String of) implements CharSequence {\n"
            + "  public char charAt(int i) { return of.charAt(i); }\n"
            + "  public int length() { return of.length(); }\n"
            + "  public CharSequence subSequence(int a, int b) { return of.subSequence(a, "
            + "b); }\n"
            + "}\n"
            + "{ HERE Pattern.matches(\"(x+x+)+y\", new Text(\"x\".repeat(5000))); }",
        "var v = Thread.startVirtualThread(() -> { while (true) {} });\n{ HERE v.join(); }",
        "var pool = Executors.newSingleThreadExecutor(r -> { var t = new Thread(r); "
            + "t.setDaemon(true); return t; });\n"
            + "var f = pool.submit(() -> { while (true) {} });\n"
            + "{ HERE f.get(); }",
        "{ HERE new PipedInputStream(new PipedOutputStream()).read(); }",
        "{ HERE switch (1) { default -> { int n = 0; do { n++; } while (n != -1 || true); } } }"
      })
  void endsAndKeepsTheState(String code) throws Exception {
    cells.ok(
        "int kept = 7;\nObject this_lock = new Object();\n"
            + "Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();");
    assertInstanceOf(EvalResult.Interrupted.class, stop.stopped(code));
    assertFalse(Thread.interrupted(), "no interrupt is left behind");
    assertEquals(7, cells.value("kept"));
    assertEquals(10, cells.value("int sum = 0; for (int i = 0; i < 5; i++) sum += i;\nsum"));
  }

  @Test
  void theRestOfTheCellDoesNotRun() throws Exception {
    cells.ok("int ran = 0;");
    assertInstanceOf(
        EvalResult.Interrupted.class,
        stop.stoppedWhileItWaits(
            "try { Thread.sleep(1_000_000); } catch (InterruptedException e) { ran += 1; }\n"
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
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              while (Thread.getAllStackTraces().values().stream().noneMatch(StopTest::inCompiler)) {
                Thread.onSpinWait();
              }
              cells.evaluator().stop();
            });
    assertInstanceOf(EvalResult.Interrupted.class, cells.run(code.toString()));
    stopper.join();
    assertEquals(3, cells.value("1 + 2"));
  }

  /** Whether a cell compiles there; the thread that indexes the class path is in javac, too. */
  private static boolean inCompiler(StackTraceElement[] stack) {
    return isIn(stack, "com.sun.tools.javac") && isIn(stack, CellRun.class.getName());
  }

  private static boolean isIn(StackTraceElement[] stack, String name) {
    return Arrays.stream(stack).anyMatch(each -> each.getClassName().startsWith(name));
  }

  @Test
  void aCellEndsThoughTheCompilerDoesNot() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Thread asks =
        Thread.ofPlatform()
            .start(() ->
                cells
                    .evaluator()
                    .analyse(_ -> {
                      busy.countDown();
                      awaitQuietly(free);
                      return null;
                    }));
    busy.await();
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              while (!waitsForCompiler()) {
                Thread.onSpinWait();
              }
              cells.evaluator().stop();
            });
    String said =
        StoppedCells.said(
            () -> assertInstanceOf(EvalResult.Interrupted.class, cells.run("int late = 1;")));
    assertTrue(said.contains("the compiler still works on In [1]"), said);
    free.countDown();
    asks.join();
    stopper.join();
    assertEquals(2, cells.value("1 + 1"));
    cells.rejected("late");
  }

  private static boolean waitsForCompiler() {
    return Thread.getAllStackTraces().entrySet().stream()
        .anyMatch(each ->
            each.getKey().getName().startsWith("kernel-compiler")
                && each.getKey().getState() == Thread.State.WAITING
                && Arrays.stream(each.getValue())
                    .anyMatch(frame -> frame.getClassName().contains("ReentrantLock")));
  }

  /** Waits as library code may that heeds no interrupt. */
  private static void awaitQuietly(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }

  @Test
  void textsOfValuesAreStoppedToo() throws Exception {
    Object value = cells.value("new Object() { public String toString() { while (true) {} } }");
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              while (Thread.getAllStackTraces().values().stream()
                  .noneMatch(
                      each -> each.length > 0 && each[0].getMethodName().equals("toString"))) {
                Thread.onSpinWait();
              }
              cells.evaluator().stop();
            });
    assertNull(cells.evaluator().call(1, value::toString));
    stopper.join();
    assertEquals("5", cells.evaluator().call(1, cells.value("5")::toString));
  }

  @Test
  void aThreadPoolOfAStoppedCellStillWorks() throws Exception {
    cells.ok(
        """
        Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();
        var pool = Executors.newSingleThreadExecutor();\
        """);
    assertInstanceOf(
        EvalResult.Interrupted.class,
        stop.stopped("pool.submit(() -> { while (true) HERE }).get();"));
    assertEquals(3, cells.value("int sum = pool.submit(() -> 1 + 2).get();\nsum"));
    cells.ok("pool.shutdown();\npool.awaitTermination(1, TimeUnit.MINUTES);");
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
    assertInstanceOf(EvalResult.Interrupted.class, stop.stopped("HERE while (true) {}"));
    assertTrue((boolean) cells.value("old.isAlive()"));
    cells.ok("end = true;\nold.join();");
  }
}
