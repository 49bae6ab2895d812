package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be the same however a snippet is compiled. */
class QuickSnippetsTest {
  @AutoClose private final Cells cells = new Cells();

  @Test
  void theJdkOfTheBuildCanBeReachedInto() {
    String former = System.clearProperty(JShellInternals.PROPERTY);
    try (JShell shell = JShell.create()) {
      JShellInternals internals = JShellInternals.open(shell, (_, _) -> true);
      assertNotNull(internals);
      assertNull(internals.compile("$T", "", "no java", ""));
      Map<String, byte[]> classes =
          internals.compile("$T", "static class N {}\n", "int x;", "").classes();
      assertEquals(List.of("REPL.$T", "REPL.$T$N"), classes.keySet().stream().sorted().toList());
    } finally {
      if (former != null) {
        System.setProperty(JShellInternals.PROPERTY, former);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "switch (1) { case 1 -> 2; default -> 3.0; } | 2.0",
        "true ? 1 : 2.5                              | 1.0",
        "(byte) 300                                  | 44",
        "(char) 97 + 1                               | 98",
        "1 + 1 // the sum                            | 2",
        "/* the sum */ 1 + 1                         | 2",
        "\"; // no comment\".length()                | 15",
        "List.of(1, 2).get(1)                        | 2",
        "new int[] {1, 2}.length                     | 2",
        "Map.Entry.comparingByKey() == null          | false",
        "((Supplier<String>) () -> \"s\").get()      | s",
        "new Object() { int x = 7; }.x               | 7",
      })
  void valuesAreThoseOfAVariableThatIsDeclaredWithVar(String code, String expected) {
    assertEquals(expected, String.valueOf(cells.value(code)));
  }

  @Test
  void nullIsAValue() {
    assertNull(cells.value("null"));
    assertNull(cells.value("String.class.getComponentType()"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.gc()",
        "i = 3",
        "// again\ni = 3",
        "/* again */ i = 3",
        "int grün;\ngrün = 3",
        "i++;",
        "i + 1;",
        "for (int k = 0; k < 3; k++) i += k;",
        "if (i > 5) { i = 0; } else i = 1;",
        "{ int i = 2; i++; }",
        "synchronized (Object.class) { i++; }",
        "try { i++; } finally { i--; }",
        "switch (i) { case 1: i = 2; break; default: }",
        "do { i++; } while (i < 3);",
        "new Thread(() -> {});",
        "assert i < 0;",
        ";",
      })
  void noValue(String code) {
    cells.ok("int i = 1;");
    assertFalse(cells.ok(code).hasValue(), code);
  }

  @Test
  void anExpressionRunsOnceHoweverOftenItIsCompiled() {
    cells.ok("int runs = 0;\nvoid count() { runs++; }");
    cells.ok("count()");
    cells.ok("count();");
    assertEquals(2, cells.value("runs"));
  }

  @Test
  void statementsThatNeverEndAreTaken() {
    assertInstanceOf(
        IllegalStateException.class, cells.threw("throw new IllegalStateException(\"now\");"));
    assertInstanceOf(
        ArithmeticException.class, cells.threw("int n = 3;\nwhile (true) { n--; int q = 1 / n; }"));
  }

  @Test
  void framesNameTheLineOfTheCell() {
    cells.ok("int half(int n) { return 100 / n; }");
    Throwable thrown =
        cells.threw("int zero = 0;\n\n// a comment\nList.of(1,\n  2,\n  half(zero))");
    assertEquals(List.of("half(In [1]:1)", "In [2]:6"), Cells.trace(thrown));
    thrown =
        cells.threw("Runnable r = () -> {\n  throw new RuntimeException();\n};\n{\n  r.run();\n}");
    assertEquals(List.of("lambda in <cell>(In [3]:2)", "In [3]:5"), Cells.trace(thrown));
  }

  @Test
  void importsOfTheCellAreHeeded() {
    cells.ok("import java.util.Map.*;");
    assertEquals("1=2", cells.value("Entry<Integer, Integer> e = Map.entry(1, 2);\ne.toString()"));
    assertEquals(1, cells.value("((Entry) Map.entry(1, 2)).getKey()"));
    cells.ok("import static java.lang.Math.*;\nimport java.awt.Point;");
    assertEquals(4, cells.value("max(3, 4)"));
    assertEquals(3, cells.value("new Point(3, 4).x"));
    cells.ok("import module java.sql;");
    assertEquals(0L, cells.value("new Timestamp(0).getTime()"));
  }

  @Test
  void aNameInTwoPackagesIsAmbiguous() {
    cells.ok("import java.awt.*;");
    assertTrue(cells.rejected("List.of(1)").getFirst().message().contains("ambiguous"));
    cells.ok("import java.util.List;");
    assertEquals(1, cells.value("List.of(1).size()"));
  }

  @Test
  void namesWithEscapesAreFound() {
    cells.ok("int ax = 5;");
    assertEquals(6, cells.value("\\u0061x + 1"));
    cells.ok("int twice() { return 2 * \\u0061x; }");
    assertEquals(10, cells.value("twice()"));
  }

  @Test
  void whatTheSessionDefinesHidesWhatIsImported() {
    cells.ok("class List { static int of(int n) { return n; } }");
    assertEquals(7, cells.value("List.of(7)"));
    cells.ok("record Optional(int n) {}");
    assertEquals(8, cells.value("new Optional(8).n()"));
  }

  @Test
  void typesOfLaterJarsAreFound(@org.junit.jupiter.api.io.TempDir Path folder) throws Exception {
    assertTrue(cells.rejected("new Late()").getFirst().message().contains("Late"));
    Path source =
        java.nio.file.Files.createDirectories(folder.resolve("later")).resolve("Late.java");
    java.nio.file.Files.writeString(source, "package later; public class Late {}");
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", folder.toString(), source.toString());
    cells.evaluator().addToClassPath(folder);
    assertEquals("Late", cells.value("import later.*;\nnew Late().getClass().getSimpleName()"));
  }

  @Test
  void valuesOfClassesMadeInAnExpressionLiveOn() {
    cells.ok("var all = new ArrayList<Supplier<Integer>>();\nint base = 10;");
    for (int i = 0; i < 3; i++) {
      cells.ok("all.add(() -> base + " + i + ")");
      cells.ok("all.add(new Supplier<>() { public Integer get() { return base * " + i + "; } })");
    }
    assertEquals(
        List.of(10, 0, 11, 10, 12, 20), cells.value("all.stream().map(Supplier::get).toList()"));
  }

  @Test
  void tracesThatAnExpressionPrintsNameTheCell() {
    TraceText text = new TraceText(cells.evaluator().trace());
    cells.ok("void fail() { throw new IllegalStateException(\"now\"); }");
    String printed =
        (String)
            cells.value(
                "var out = new StringWriter();\n"
                    + "try {\n  fail();\n} catch (IllegalStateException e) {\n"
                    + "  e.printStackTrace(new PrintWriter(out));\n}\nout.toString()");
    assertEquals(
        "java.lang.IllegalStateException: now\n\tat fail(In [1]:1)\n\tat In [2]:3\n",
        text.translate(printed.replace(System.lineSeparator(), "\n")));
  }

  @Test
  void whatIsPrivateToTheSessionIsReached() {
    cells.ok(
        "class Box { int n = 3; protected int m() { return n; } private int p() { return 1; } }");
    assertEquals(3, cells.value("new Box().n"));
    assertEquals(3, cells.value("new Box().m()"));
    assertTrue(cells.rejected("new Box().p()").getFirst().message().contains("private"));
  }
}
