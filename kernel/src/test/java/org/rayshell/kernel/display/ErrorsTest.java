package org.rayshell.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.eval.TraceMode;

/** What a cell shows that does not compile, or has thrown. */
class ErrorsTest {
  @AutoClose private final Cells cells = new Cells();
  private final Errors errors =
      new Errors(cells.evaluator().trace(), cells.evaluator()::sourceLine);

  private static String plain(List<String> lines) {
    return String.join("\n", lines).replaceAll("\u001b\\[[\\d;]*m", "");
  }

  private String rejected(String code) {
    return plain(errors.rejected(cells.rejected(code), "In [" + cells.count() + "]").traceback());
  }

  private String threw(String code) {
    return plain(errors.threw(cells.threw(code)).traceback());
  }

  @Test
  void caretsStandUnderThePlaceWhateverStandsBefore() {
    assertEquals("        ^^^^", carets("int y = nope;"));
    assertEquals("\t       \t^^^^", carets("\tint y =\tnope;"));
    assertEquals(
        " ".repeat(9) + "\u3000\u3000" + " ".repeat(13) + "^^^^",
        carets("int y = \"日本\".length() + nope;"));
    // Two units, one character, two columns.
    assertEquals(
        " ".repeat(9) + "\u3000" + " ".repeat(13) + "^^^^",
        carets("int y = \"😀\".length() + nope;"));
    // A letter and the accent on it are one column.
    assertEquals(" ".repeat(23) + "^^^^", carets("int y = \"e\u0301\".length() + nope;"));
    assertEquals("        ^\uff3e\uff3e", carets("int y = x日本;"));
  }

  /** The line of carets, behind what is in the place of the number. */
  private String carets(String code) {
    return rejected(code).lines().toList().get(2).substring("    1 | ".length());
  }

  @Test
  void ofALongLineThePlaceIsShown() {
    String shown = rejected("String s = \"" + "x".repeat(500) + "\" + nope + 1;");
    assertTrue(shown.lines().allMatch(each -> each.length() < 200), shown);
    assertTrue(shown.contains("…") && shown.contains("nope") && shown.contains("^^^^"), shown);
  }

  @Test
  void allErrorsOfACellAreShownAndNoneThatFollowFromOthers() {
    String shown =
        rejected(
            """
            int x1 = nope1;
            int ok = 2;
            int x2 = "s";
            int x3 = x1 + "t".foo();
            void later() { int q = "w"; }
            """);
    assertTrue(shown.contains("In [1], line 1\n    1 | int x1 = nope1;"), shown);
    assertTrue(shown.contains("In [1], line 3\n    3 | int x2 = \"s\";"), shown);
    assertTrue(shown.contains("In [1], line 5\n    5 | void later"), shown);
    assertFalse(shown.contains("line 4"), shown);
    assertTrue(shown.contains("\nHint: "), shown);
  }

  @Test
  void causesAndWhatWasSuppressedAreShown() {
    String shown =
        threw(
            """
            class Res implements AutoCloseable {
              public void close() throws Exception { throw new IOException("closing"); }
            }
            try (Res res = new Res()) {
              throw new RuntimeException("body", new Error("first"));
            }
            """);
    assertTrue(shown.startsWith("java.lang.RuntimeException: body\n    at In [1], line 5"), shown);
    assertTrue(shown.contains("\n    Suppressed: java.io.IOException: closing\n"), shown);
    assertTrue(shown.contains("Res.close (In [1], line 2)"), shown);
    assertTrue(shown.contains("\nCaused by: java.lang.Error: first"), shown);
  }

  @Test
  void theFirstCauseOfManyIsNeverLeftOut() {
    String shown =
        threw(
            "Exception e = new Exception(\"root\");\n"
                + "for (int i = 0; i < 9; i++) e = new Exception(\"c\" + i, e);\nthrow e;");
    assertTrue(shown.contains("... 4 causes\nCaused by: java.lang.Exception: root"), shown);
  }

  @Test
  void modesShowMoreOrLess() {
    cells.ok("int zero = 0;\nint broken() { return 1 / zero; }");
    assertTrue(threw("broken()").contains("at broken (In [1], line 2)    2 | int broken()"));
    cells.evaluator().trace().show(TraceMode.PLAIN);
    String plain = threw("broken()");
    assertTrue(plain.contains("at broken (In [1], line 2)\n"), plain);
    cells.evaluator().trace().show(TraceMode.MINIMAL);
    assertEquals("java.lang.ArithmeticException: / by zero", threw("broken()"));
    cells.evaluator().trace().show(TraceMode.VERBOSE);
    assertTrue(threw("broken()").contains("reflect.Method.invoke"));
  }

  @Test
  void whatToDoAboutSomeExceptionsIsSaid() {
    assertTrue(threw("List.of(1).add(2)").contains("Hint: List.of, Stream.toList"));
    assertTrue(
        threw("Class.forName(\"com.example.Nope\")")
            .contains("Hint: No jar on the class path has com.example.Nope: %maven"));
    assertTrue(
        threw("var l = new ArrayList<>(List.of(1, 2, 3));\nfor (var each : l) l.remove(each);")
            .contains("Hint: The collection was changed while"));
  }
}
