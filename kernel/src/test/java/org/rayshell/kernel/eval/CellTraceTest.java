package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CellTraceTest {
  @AutoClose private final Cells cells = new Cells();

  @Test
  void framesAreInTermsOfCellsAndTheirLines() {
    cells.ok(
        """
        // a comment first
        void boom(int n) {
          if (n == 0)
            throw new IllegalStateException("boom");
          boom(n - 1);
        }

        class P {
          int v() { boom(1);
            return 1; }
        }
        """);
    assertEquals(
        List.of("boom(In [1]:4)", "boom(In [1]:5)", "P.v(In [1]:9)", "In [2]:3"),
        Cells.trace(cells.threw("int k = 1;\n/* here: */\nnew P().v();")));
  }

  @Test
  void lambdasAreNamedByWhatTheyStandIn() {
    List<String> trace =
        Cells.trace(cells.threw("List.of(1).forEach(i -> {\n  throw new RuntimeException(); })"));
    assertEquals("lambda in <cell>(In [1]:2)", trace.get(0));
    assertEquals("In [1]:1", trace.getLast());
  }

  @Test
  void causesAndSuppressedAreTranslatedToo() {
    Throwable thrown =
        cells.threw(
            """
            try {
              throw new RuntimeException("inner");
            } catch (RuntimeException e) {
              throw new IllegalStateException("outer", e);
            }
            """);
    assertEquals(List.of("In [1]:4"), Cells.trace(thrown));
    assertEquals(List.of("In [1]:2"), Cells.trace(thrown.getCause()));
  }

  @Test
  void aDefinitionThatIsCompiledAgainKeepsItsPlace() {
    cells.ok("int g() { return 0; }");
    cells.ok("\nint f() {\n  return 1 / g(); }");
    cells.ok("long unrelated = 1;\nint g() { return 0 * 1; }");
    assertEquals(List.of("f(In [2]:3)", "In [4]:1"), Cells.trace(cells.threw("f()")));
  }

  @Test
  void overloadsShareAClassAndKeepTheirLines() {
    cells.ok("int o(int a) {\n  return 1 / a; }");
    cells.ok("\n\nint o(String a) {\n\n  return a.length() / 0; }");
    assertEquals("o(In [2]:5)", Cells.trace(cells.threw("o(\"a\")")).get(0));
    assertEquals("o(In [1]:2)", Cells.trace(cells.threw("o(0)")).get(0));
  }

  /** What the cell prints to stderr, as a notebook shows it. */
  private String printed(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream former = System.err;
    PrintStream into = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setErr(TraceStream.over(into, cells.evaluator().trace()));
    try {
      cells.ok(code);
    } finally {
      System.setErr(former);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tracesThatACellPrintsNameItsLinesWhileItRuns() {
    cells.ok("void boom() {\n  throw new IllegalStateException(\"bäng\");\n}");
    assertEquals(
        """
        java.lang.RuntimeException: outer
        \tat In [2]:5
        Caused by: java.lang.IllegalStateException: bäng
        \tat boom(In [1]:2)
        \tat In [2]:3
        after it
        """,
        printed(
            """
            // first
            try {
              boom();
            } catch (IllegalStateException e) {
              new RuntimeException("outer", e).printStackTrace();
            }
            System.err.println("after it");
            """));
  }

  @Test
  void tracesOfThreadsAndOfExceptionsOfCellsReadAsTheUserWroteThem() {
    cells.ok("class Oops extends RuntimeException {\n  Oops(String m) { super(m); }\n}");
    String printed =
        printed(
            """
            Thread t = new Thread(() -> {
              throw new Oops("no");
            }, "mine");
            t.start();
            t.join();
            """);
    assertEquals(
        "Exception in thread \"mine\" Oops: no\n\tat lambda in <cell>(In [2]:2)",
        printed.lines().limit(2).collect(Collectors.joining("\n")));
  }

  @Test
  void otherTextThatIsPrintedIsLeftAlone() {
    String text =
        "\tat the door\nat java.Foo\n   ... 3 more\n\tat java.base/java.lang.X.y(X.java:3)\n";
    assertEquals(text, new TraceText(cells.evaluator().trace()).translate(text));
  }

  @Test
  void theStackOfTheKernelIsNotShown() {
    for (String frame : Cells.trace(cells.threw("Integer.parseInt(\"x\")"))) {
      assertTrue(frame.startsWith("java.base/java.lang.") || frame.equals("In [1]:1"), frame);
    }
  }
}
