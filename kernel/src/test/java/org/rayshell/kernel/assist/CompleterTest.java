package org.rayshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.eval.OfferedImports;
import org.rayshell.kernel.session.Engine.Completion;
import org.rayshell.kernel.session.Engine.Match;

/** One session for all tests: nothing that they complete is run. */
class CompleterTest {
  private static Cells cells;
  private static Completer completer;

  @BeforeAll
  static void defines() {
    cells = new Cells();
    completer = new Completer(cells.evaluator());
    cells.ok("var words = new ArrayList<String>();\nint count = 3;\nString title = \"a\";");
    cells.ok("int twice(int number) { return 2 * number; }\nrecord Point(int x, int y) {}");
    cells.ok("@Remote int slowFunction(int n) { return n; }");
    cells.ok("@Remote Stream<String> lines(int n) { return Stream.of(); }");
    cells.ok("@Remote List<String> pair() { return List.of(\"a\", \"b\"); }");
    cells.ok("enum Level3 { LOW, HIGH }\nLevel3 level = Level3.LOW;");
  }

  @AfterAll
  static void ends() {
    cells.close();
  }

  /** Completes at the bar. */
  private static List<Match> matches(String code) {
    int cursor = code.indexOf('|');
    Completion found = completer.complete(code.replace("|", ""), cursor);
    int start = cursor;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    if (!found.matches().isEmpty()) {
      assertEquals(start, found.start(), code);
    }
    assertEquals(cursor, found.end(), code);
    return found.matches();
  }

  private static List<String> completions(String code) {
    return matches(code).stream().map(Match::text).toList();
  }

  private static Match match(String code, String text) {
    return matches(code).stream()
        .filter(each -> each.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text + " is not among " + completions(code)));
  }

  private static void inThisOrder(String code, String... texts) {
    List<String> found = completions(code);
    assertEquals(List.of(texts), found.stream().filter(List.of(texts)::contains).toList(), code);
  }

  @Test
  void completesMembersNamesAndImports() {
    assertEquals("words", completions("wor|").getFirst());
    assertTrue(completions("words.ad|").contains("addAll("));
    assertEquals(List.of("toList()"), completions("Stream.of(1).toL|"));
    assertTrue(completions("if (words.isE|) { return; }").contains("isEmpty()"));
    assertEquals(List.of(), completions("words.nothingLikeThis|"));
    assertEquals(List.of(), completions("12|"));
    assertEquals(List.of("length"), completions("new int[3].len|"));
  }

  @Test
  void completesImports() {
    assertTrue(completions("import java.ut|").contains("util."));
    assertTrue(
        completions("import java.util.concurrent.ConcurrentSk|").contains("ConcurrentSkipListMap"));
    assertTrue(completions("import static java.lang.Math.ma|").contains("max"));
    assertTrue(completions("import module java.s|").contains("sql"));
    assertTrue(completions("import org.rays|").contains("rayshell."));
    assertTrue(completions("import org.rayshell.Ra|").contains("Ray"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          wor|               ~ words           ~ variable   ~ ArrayList<String> words
          twi|               ~ twice(          ~ function   ~ int twice(int number)
          Poi|               ~ Point           ~ record     ~ record Point(int x, int y)
          words.ge|          ~ get(            ~ function   ~ String get(int index)
          Comparab|          ~ Comparable      ~ interface  ~ public interface java.lang.Comparable<T>
          ArrayLi|           ~ ArrayList       ~ class      ~ public class java.util.ArrayList<E> extends AbstractList<E> implements List<E>, RandomAccess, Cloneable, Serializable
          TimeUni|           ~ TimeUnit        ~ enum       ~ public enum java.util.concurrent.TimeUnit
          Integer.MAX_V|     ~ MAX_VALUE       ~ field      ~ int MAX_VALUE
          retu|              ~ return          ~ keyword    ~ ``
          java.ut|           ~ util.           ~ module     ~ ``
          slowFunction.rem|  ~ remote(         ~ function   ~ ObjectRef<Integer> remote(int n), 2 overloads
          slowF|             ~ slowFunction    ~ function   ~ remote function: slowFunction.remote(…)
          slowFunction.opt|  ~ options(        ~ function   ~ … options(UnaryOperator<TaskOptions> change)
          """)
  void tellsTypesAndSignatures(String code, String text, String type, String signature) {
    assertEquals(new Match(text, type, signature), match(code, text));
  }

  @Test
  void whatIsLikelyComesFirst() {
    inThisOrder("words.|", "add(", "size()", "getClass()", "wait(");
    inThisOrder("for (int current = 0; ; ) { cu|", "current");
    inThisOrder("int ti = 1;\nti|", "ti", "title");
    inThisOrder("words.add(t|", "title", "twice(", "this");
    inThisOrder("int n = |", "count", "words");
    inThisOrder("String s = words.|", "get(", "size()");
    inThisOrder("if (words.|", "isEmpty()", "size()");
    inThisOrder("Lis|", "List", "ListIterator");
    inThisOrder("lines.|", "remote(", "remoteStream(", "options(");
    inThisOrder("Illegal|", "IllegalArgumentException");
    inThisOrder("Str|", "String", "StreamCorruptedException");
  }

  @Test
  void completesByCapitalsAndWithoutRegardToCase() {
    assertEquals(List.of("stripLeading()"), completions("title.sL|"));
    assertTrue(completions("title.tO|").contains("toUpperCase("));
    assertTrue(completions("new CSLM|").contains("ConcurrentSkipListMap"));
    assertTrue(completions("DTFB|").contains("DateTimeFormatterBuilder"));
  }

  @Test
  void offersTypesThatNeedAnImport() {
    assertTrue(completions("new BigDeci|").contains("BigDecimal"));
    assertEquals("class", match("new DateTimeForm|", "DateTimeFormatter").type());
    assertTrue(completions("AtomicInteg|").contains("AtomicInteger"));
    assertTrue(
        completions("import java.util.concurrent.atomic.*;\nAtomicInteg|")
            .contains("AtomicInteger"));
    assertTrue(completions("import module java.sql;\nPreparedSt|").contains("PreparedStatement"));
  }

  @Test
  void offersByTheirQualifiedNamesTypesThatNoImportCanBeGuessedFor() {
    List<String> statements = completions("Stateme|");
    assertTrue(statements.containsAll(List.of("java.sql.Statement", "java.beans.Statement")));
    assertFalse(statements.contains("Statement"));
    assertTrue(completions("JFram|").contains("javax.swing.JFrame"));
    OfferedImports offers = cells.evaluator().offeredImports();
    offers.turn(false);
    try {
      assertTrue(completions("AtomicInteg|").contains("java.util.concurrent.atomic.AtomicInteger"));
    } finally {
      offers.turn(true);
    }
  }

  @Test
  void completesInsideOfLambdasMethodsAndClasses() {
    assertTrue(completions("words.stream().map(word -> word.toUp|").contains("toUpperCase("));
    assertTrue(completions("words.forEach(word -> {\n  word.toUp|").contains("toUpperCase("));
    assertTrue(completions("int f(String text) {\n  return text.len|").contains("length()"));
    assertTrue(completions("class A {\n  int size;\n  int f() { return si|").contains("size"));
    assertTrue(completions("class A {\n  Strin|").contains("String"));
    assertTrue(completions("words.stream().map(String::toUp|").contains("toUpperCase"));
    assertTrue(completions("switch (level) { case L|").contains("LOW"));
    assertTrue(completions("List<Strin|").contains("String"));
  }

  @Test
  void namesAreNotCalledTwice() {
    assertTrue(completions("title.substr|(1)").contains("substring"));
    assertTrue(completions("twi|(1)").contains("twice"));
  }

  @Test
  void completesAnnotations() {
    assertTrue(completions("@Rem|").contains("Remote"));
    assertTrue(completions("class A {\n  @Overr|\n}").contains("Override"));
    assertFalse(completions("@Stri|").contains("String"));
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
        "6 / 2 + Strin|",
        "title = \"😀\"; Strin|",
        "Stri|ng"
      })
  void offersAgainBehindThem(String code) {
    assertTrue(completions(code).contains("String"));
  }

  @Test
  void whatStandsEarlierInTheCellCounts() {
    assertEquals(
        List.of("strip()", "stripIndent()", "stripLeading()", "stripTrailing()"),
        completions("import java.time.*;\nint f() { return 1; }\nvar text = \"a\";\ntext.strip|"));
    assertTrue(completions("int other() { return 1; }\noth|").contains("other()"));
    assertTrue(
        completions("record Pair(int one, int two) {}\nnew Pair(1, 2).on|").contains("one()"));
    assertTrue(completions("import java.util.zip.*;\nnew ZipFi|").contains("ZipFile"));
  }

  @Test
  void completesRemoteFunctions() {
    assertEquals(List.of("slowFunction", "slowFunction("), completions("slowF|"));
    assertEquals(List.of("remote("), completions("slowFunction.rem|"));
    assertFalse(completions("slowFunction.|").stream().anyMatch(each -> each.startsWith("$")));
    assertEquals(List.of("remote(", "remoteStream("), completions("lines.rem|"));
    assertEquals(
        List.of("remote(", "remoteStream("), completions("lines.options(o -> o.numCpus(1)).rem|"));
    assertEquals(List.of("remote()", "remoteMany()"), completions("pair.rem|"));
    assertTrue(completions("slowFunction.options(o -> o.num|").contains("numCpus("));
    assertEquals(
        new Match("o -> o.numCpus(", "function", "TaskOptions numCpus(double cpus)"),
        match("slowFunction.options(|", "o -> o.numCpus("));
    assertEquals("o -> o.maxRetries(", completions("slowFunction.options(maxR|").getFirst());
    assertTrue(
        completions("Ray.task(() -> 1).options(|").contains("o -> o.timeout("),
        () -> completions("Ray.task(() -> 1).options(|").toString());
  }

  @Test
  void membersOfImportedTypesAreKnownWithoutAnyCellHavingRun() {
    assertTrue(completions("List.o|").contains("of("));
    assertTrue(completions("Duration.ofSec|").contains("ofSeconds("));
    assertTrue(completions("new ArrayList<String>().get(0).conc|").contains("concat("));
  }
}
