package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

/** What would be the end of a lesser kernel, in one with a small heap. */
class SurvivalTest {
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void start() {
    kernel = kernel();
    client = TestClient.connect(kernel);
    ok("int kept = 7;");
  }

  private static KernelProcess kernel() {
    return KernelProcess.start(JavaEngine.class, "-Xmx192m");
  }

  @AfterAll
  static void stop() {
    client.shutDown(kernel);
  }

  private static Run ok(String code) {
    return client.ok(code);
  }

  /** The error's name, its text and its trace; the state is kept. */
  private static String error(String code) {
    String error = client.fails(code).error();
    assertEquals("8", ok("kept + 1").result());
    return error;
  }

  @Test
  void fiveThousandCells() {
    // In JShell's own way a cell takes the longer the more there are: a tenth must do.
    int rounds = System.getProperty("rayshell.internals", "true").equals("false") ? 100 : 1000;
    for (int i = 0; i < rounds; i++) {
      ok("int v%1$d = %1$d;".formatted(i));
      ok("int m%1$d(int x) { return x + v%1$d; }".formatted(i));
      assertEquals(String.valueOf(i + 1), ok("m%d(1)".formatted(i)).result());
      assertEquals(i + "\n", ok("System.out.println(v%d);".formatted(i)).stream("stdout"));
      ok("class C%1$d { int f = m%1$d(2); }\nnew C%1$d().f".formatted(i));
    }
    assertEquals("" + rounds, ok("v%d + m0(1)".formatted(rounds - 1)).result());
    assertEquals("8", ok("kept + 1").result());
  }

  @Test
  void endlessRecursion() {
    String said = error("int deep(int n) {\n  return 1 + deep(n + 1);\n}\ndeep(0)");
    assertTrue(said.startsWith("java.lang.StackOverflowError"), said);
    assertTrue(said.contains("line 2") && said.contains("times more"), said);
    assertTrue(said.contains("A recursion does not end"), said);
  }

  @Test
  void aHeapThatIsFull() {
    String said =
        error("{ var hog = new ArrayList<long[]>(); while (true) hog.add(new long[1 << 17]); }");
    assertTrue(said.startsWith("java.lang.OutOfMemoryError: Java heap space"), said);
    assertTrue(said.contains("line 1") && said.contains(" MB is full. "), said);
    assertTrue(error("new long[Integer.MAX_VALUE]").contains("OutOfMemoryError"));
    assertTrue(
        error("{ var text = new StringBuilder(\"x\"); while (true) text.append(text); }")
            .contains("OutOfMemoryError"));
  }

  // In a kernel of its own: only the first few such errors of a JVM know their line.
  @Test
  void aHeapThatStaysFullToTheLastByte() {
    try (KernelProcess filled = kernel();
        TestClient front = TestClient.connect(filled)) {
      front.execute("static List<Object> full = new ArrayList<>();");
      String said = front.execute("while (true) full.add(new Object[2]);").error();
      assertTrue(said.contains(" MB is full. "), said);
      assertEquals("true", front.execute("full.size() > 1_000_000").result());
      assertEquals("ok", front.execute("full = null;").status());
      said =
          front.execute("{ var all = new LinkedList<Object>(); while (true) all.add(1); }").error();
      assertTrue(said.contains(" MB is full. "), said);
      assertEquals("2", front.execute("1 + 1").result());
    }
  }

  @Test
  void aHeapThatAnotherThreadFills() {
    Run run =
        ok(
            """
            var thread = new Thread(() -> {
              var full = new ArrayList<long[]>();
              while (true) full.add(new long[1 << 17]);
            }, "hog");
            thread.start();
            thread.join();
            """);
    assertTrue(run.stream("stderr").contains("java.lang.OutOfMemoryError"), run.stream("stderr"));
    assertEquals("8", ok("kept + 1").result());
  }

  @Test
  void exceptionsInOtherThreads() {
    Run run =
        ok(
            """
            var thread = new Thread(() -> {
              throw new IllegalStateException("elsewhere");
            }, "mine");
            thread.start();
            thread.join();
            """);
    String said = run.stream("stderr");
    assertTrue(
        said.startsWith(
            "Exception in thread \"mine\" java.lang.IllegalStateException: elsewhere\n"),
        said);
    assertTrue(said.contains("In [" + run.content().get("execution_count") + "]:2"), said);
  }

  @Test
  void definitionsThatNeedEachOther() {
    Run even = ok("boolean even(int n) { return n == 0 || odd(n - 1); }");
    assertTrue(even.stream("stderr").contains("until method odd(int) is declared"));
    assertTrue(error("even(3)").contains("until method odd(int) is declared"));
    assertEquals(
        "true", ok("boolean odd(int n) { return n != 0 && even(n - 1); }\neven(8)").result());
    ok("class Left { Right right; int value() { return right == null ? 1 : right.value(); } }");
    assertEquals(
        "1",
        ok("class Right { Left left = new Left(); int value() { return left.value(); } }\n"
                + "new Right().value()")
            .result());
  }

  @Test
  void literalsAndCodeThatNoClassHolds() {
    assertTrue(
        error("var text = \"" + "x".repeat(70_000) + "\";").contains("constant string too long"));
    assertTrue(error("int[] many = {" + "1,".repeat(20_000) + "1};").contains("code too large"));
    assertEquals("70000", ok("\"x\".repeat(70_000).length()").result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new ThreadDeath();",
        "throw new Error(\"mine\");",
        "class E extends Error { public String getMessage() { throw this; } }\nthrow new E();",
        "class Loop extends RuntimeException { public Throwable getCause() { return this; } }\n"
            + "throw new Loop();",
        "new Object() { public String toString() { throw new StackOverflowError(); } }.toString()",
        "static class Init { static int x = 1 / 0; }\nInit.x",
        "Thread.currentThread().stop();",
        "throw null;"
      })
  void whateverIsThrown(String code) {
    error(code);
  }

  @RepeatedTest(5)
  void threadsOfTheKernelThatAreInterrupted() {
    // The cell may well end by it.
    client.execute("Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);");
    assertEquals("8", ok("kept + 1").result());
    client.control("kernel_info_request", TestClient.json("{}"));
    assertEquals("kernel_info_reply", client.nextControl().header().type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(3);",
        "Runtime.getRuntime().halt(3);",
        "Stream.of(3).forEach(System::exit);",
        "try { System.exit(3); } catch (Throwable e) { while (true) {} }",
        "var thread = new Thread(() -> System.exit(3));\nthread.start();\nThread.sleep(100_000);"
      })
  void exitEndsTheKernelWhenTheCellIsAnswered(String code) {
    try (KernelProcess ending = kernel();
        TestClient front = TestClient.connect(ending)) {
      Run run = front.execute(code);
      assertEquals("error", run.status());
      String said = run.error();
      assertTrue(said.contains("(3) was called: the kernel ends"), said);
      assertTrue(said.contains("line 1"), said);
      assertFalse(run.content().get("ename").getAsString().isEmpty());
      assertEquals(3, ending.awaitExit());
    }
  }
}
