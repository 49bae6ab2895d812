package org.rayshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.session.Engine;

class AssistTest {
  @AutoClose private final Cells cells = new Cells();

  /** Completes at the bar. */
  private List<String> completions(String code) {
    int cursor = code.indexOf('|');
    Engine.Completion found =
        new Completer(cells.evaluator()).complete(code.replace("|", ""), cursor);
    int start = cursor;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    if (!found.matches().isEmpty()) {
      assertEquals(start, found.start(), code);
    }
    assertEquals(cursor, found.end(), code);
    return found.matches().stream().map(Engine.Match::text).toList();
  }

  private String help(String code) {
    return help(code, 0);
  }

  private String help(String code, int detail) {
    var data =
        new Inspector(cells.evaluator())
            .inspect(code.replace("|", ""), code.indexOf('|'), detail)
            .data();
    return data == null ? null : (String) data.data().get("text/plain");
  }

  @Test
  void theSecondLevelOfHelpShowsLongDefinitionsWhole() {
    String source = "int longOne(int n) {\n" + "  n++;\n".repeat(30) + "  return n;\n}";
    cells.ok(source);
    assertEquals(source, help("longOne|", 1));
    assertEquals(source.lines().limit(15).toList(), help("longOne|").lines().limit(15).toList());
    assertTrue(help("longOne|").endsWith("\n… and 18 lines more"), help("longOne|"));
  }

  @Test
  void completesMembersNamesAndImports() {
    cells.ok("var words = new ArrayList<String>();");
    assertEquals(List.of("words"), completions("wor|"));
    assertTrue(completions("words.ad|").contains("addAll("));
    assertEquals(List.of("toList()"), completions("Stream.of(1).toL|"));
    assertTrue(completions("import java.ut|").contains("util."));
    assertTrue(completions("if (words.isE|) { return; }").contains("isEmpty()"));
    assertEquals(List.of(), completions("words.nothingLikeThis|"));
  }

  @Test
  void completesAnnotations() {
    assertTrue(completions("@Rem|").contains("Remote"));
    assertTrue(completions("class A {\n  @Overr|\n}").contains("Override"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Str|\"",
        "f(\"a\\\"Str|",
        "'S|",
        "// Str|",
        "int a; // it's\n/* Str|",
        "\"\"\"\n \"Str|"
      })
  void offersNothingInTextAndComments(String code) {
    assertEquals(List.of(), completions(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\" + Strin|",
        "// it's\nStrin|",
        "/* ' */ Strin|",
        "'\"' + Strin|",
        "6 / 2 + Strin|"
      })
  void offersAgainBehindThem(String code) {
    assertTrue(completions(code).contains("String"));
  }

  @Test
  void whatStandsEarlierInTheCellCounts() {
    assertEquals(
        List.of("strip()", "stripIndent()", "stripLeading()", "stripTrailing()"),
        completions("import java.time.*;\nint f() { return 1; }\nvar text = \"a\";\ntext.strip|"));
  }

  @Test
  void completesRemoteFunctions() {
    cells.ok("@Remote int slowFunction(int n) { return n; }");
    assertEquals(List.of("slowFunction", "slowFunction("), completions("slowF|"));
    assertEquals(List.of("remote("), completions("slowFunction.rem|"));
    assertFalse(completions("slowFunction.|").stream().anyMatch(each -> each.startsWith("$")));
    assertTrue(
        help("slowFunction.remote(|").contains("ObjectRef<Integer> slowFunction.remote(int n)"));
    cells.ok("@Remote Stream<String> words(int n) { return Stream.of(); }");
    assertEquals(List.of("remote(", "remoteStream("), completions("words.rem|"));
    assertEquals(
        List.of("remote(", "remoteStream("), completions("words.options(o -> o.numCpus(1)).rem|"));
    assertTrue(
        help("words.remoteStream(|")
            .contains("ObjectRefGenerator<String> words.remoteStream(int n)"));
    cells.ok("@Remote List<String> pair() { return List.of(\"a\", \"b\"); }");
    assertEquals(List.of("remote()", "remoteMany()"), completions("pair.rem|"));
    assertTrue(
        help("pair.remoteMany(|").contains("List<ObjectRef<String>> pair.remoteMany()"),
        help("pair.remoteMany(|"));
  }

  @Test
  void inspects() {
    cells.ok("int twice(int n) { return 2 * n; }\nvar words = new ArrayList<String>();");
    assertEquals("int twice(int n) { return 2 * n; }", help("1 + twi|ce(3)"));
    assertTrue(help("words|").contains("words = new ArrayList<String>()"));
    assertTrue(help("Math.ma|x(1, 2)").contains("int Math.max(int a, int b)"));
    assertTrue(help("Math.max(1, |").contains("int Math.max(int a, int b)"));
    assertTrue(help("String|").contains("java.lang.String"));
    assertNull(help("noSuchThing|"));
    assertNull(help("|"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          1 + 1                     ~ complete   ~ ''
          int x = 5                 ~ complete   ~ ''
          ''                        ~ complete   ~ ''
          // comment                ~ complete   ~ ''
          int a = 1; if (a > 0) {   ~ incomplete ~ '    '
          foo(                      ~ incomplete ~ '    '
          /* open                   ~ incomplete ~ ''
          @Remote                   ~ incomplete ~ ''
          int a; @Remote(numCpus=2) ~ incomplete ~ ''
          int x = ;                 ~ invalid    ~ ''
          }                         ~ invalid    ~ ''
          class A {} }              ~ invalid    ~ ''
          package a.b;              ~ invalid    ~ ''
          """)
  void tellsWhetherCodeIsWhole(String code, String status, String indent) {
    assertEquals(
        new Engine.Completeness(status, indent),
        new CompletenessCheck(cells.evaluator()).check(code));
  }

  @Test
  void theIndentIsThatOfTheLastLine() {
    assertEquals(
        "    ", new CompletenessCheck(cells.evaluator()).check("class A {\n    int x;\n").indent());
  }

  @Test
  void javadocBecomesText() {
    String comment =
        "The {@code a < b} of {@link java.util.List#of(Object) lists} and {@link Map}.\n <p>\n"
            + " <ul><li>one</ul>\n @param x it &lt;is&gt;";
    assertEquals("The a < b of lists and Map.\n\n- one\n@param x it <is>", Javadoc.text(comment));
    assertTrue(Javadoc.html(comment).contains("<code>a &lt; b</code>"), Javadoc.html(comment));
  }

  @Test
  void helpIsThatOfTheLatestDefinition() {
    cells.ok("int f(int n) { return 1; }");
    assertTrue(help("f|").contains("int f(int n)"));
    assertEquals(help("f|"), help("f|"));
    cells.ok("String f(String s) { return s; }");
    assertTrue(help("f|").contains("String f(String s)"));
  }

  @Test
  void membersOfImportedTypesAreKnownWithoutAnyCellHavingRun() {
    assertTrue(completions("List.o|").contains("of("));
    assertTrue(completions("Duration.ofSec|").contains("ofSeconds("));
    assertTrue(completions("new ArrayList<String>().get(0).conc|").contains("concat("));
  }
}
