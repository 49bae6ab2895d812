package org.rayshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.session.MimeBundle;

class InspectorTest {
  private static Cells cells;
  private static Inspector inspector;

  @BeforeAll
  static void defines() {
    cells = new Cells();
    inspector = new Inspector(cells.evaluator(), SourceJars.NONE);
    cells.ok("var words = new ArrayList<>(List.of(\"one\", \"two\"));\nint count = 42;");
    cells.ok(
        """
        /**
         * Doubles a {@code number}.
         *
         * @param number any
         * @return twice as much
         */
        int twice(int number) {
          return 2 * number;
        }

        /// A point in the *plane*.
        record Point(int x, int y) {
          /** Its distance. */
          double distance() { return Math.hypot(x, y); }
        }
        """);
    cells.ok("/** Takes its time. */\n@Remote int slow(int millis) { return millis; }");
  }

  @AfterAll
  static void ends() {
    cells.close();
  }

  private static MimeBundle page(String code, int detail) {
    return inspector.inspect(code.replace("|", ""), code.indexOf('|'), detail).data();
  }

  /** The help at the bar as plain text. */
  private static String help(String code) {
    MimeBundle page = page(code, 0);
    return page == null ? null : (String) page.data().get("text/plain");
  }

  private static String markdown(String code) {
    return (String) page(code, 0).data().get("text/markdown");
  }

  private static void has(String help, String... texts) {
    for (String each : texts) {
      assertTrue(help != null && help.contains(each), each + " is not in\n" + help);
    }
  }

  @Test
  void variablesHaveTypesAndValues() {
    has(help("words|"), "ArrayList<String> words", "= [\"one\", \"two\"]");
    has(help("cou|nt + 1"), "int count", "= 42");
    has(help("|count"), "= 42");
    cells.ok("count = 43;");
    has(help("cou|nt + 1"), "= 43");
    has(help("for (String each : words) { each|"), "String each");
  }

  @Test
  void methodsHaveDocumentationAndOverloads() {
    has(
        help("Math.ma|x(1, 2)"),
        "// java.lang.Math\nint max(int a, int b)",
        "Returns the greater of two int values.",
        "Parameters:\n- a – an argument.",
        "double max(double a, double b)");
    has(
        markdown("\"a\".substring|(1)"),
        "```java\n// java.lang.String\nString substring(int beginIndex)\n```",
        "**Returns** the specified substring.",
        "`IndexOutOfBoundsException`");
    has(help("words.stream().map(String::tr|im)"), "String trim()");
    has(help("words.addFirst|"), "Adds an element as the first element of this collection");
    has(help("words.add|"), "boolean add(String e)", "Appends the specified element");
    has(help("\"a\".isEmpty()|"), "boolean isEmpty()");
  }

  @Test
  void typesFieldsAndImports() {
    has(help("Strin|g"), "public final class java.lang.String", "represents character strings");
    has(help("new ArrayLi|st<String>(10)"), "ArrayList(int initialCapacity)");
    has(help("Integer.MAX_VAL|UE"), "int MAX_VALUE = 2147483647", "A constant holding the maximum");
    has(help("import java.util.Lis|t;"), "interface java.util.List<E>");
    has(help("AtomicInte|ger a"), "import java.util.concurrent.atomic.AtomicInteger;");
    has(help("@Rem|ote int f() { return 1; }"), "org.rayshell.Remote");
  }

  @Test
  void whatCellsDefine() {
    has(
        help("1 + twi|ce(3)"),
        "int twice(int number)",
        "Doubles a number.",
        "Returns: twice as much");
    has(help("new Poi|nt(1, 2)"), "record Point(int x, int y)", "A point in the *plane*.");
    has(help("new Point(1, 2).dist|ance()"), "double distance()", "Its distance.");
    has(help("slow.rem|ote(1)"), "ObjectRef<Integer> remote(int millis)", "Takes its time.");
    assertFalse(help("slow.remote(|").contains("unused"), help("slow.remote(|"));
  }

  @Test
  void theSecondLevelHasTheSource() {
    String source = "int twice(int number) {\n  return 2 * number;\n}";
    assertFalse(((String) page("twice|", 0).data().get("text/plain")).contains(source));
    has((String) page("twice|", 1).data().get("text/plain"), source);
    has(
        (String) page("Math.abs|(1)", 1).data().get("text/plain"),
        "public static int abs(int a) {\n    return (a < 0) ? -a : a;\n}");
  }

  @Test
  void argumentsHaveTheSignatureWithTheCurrentOneMarked() {
    has(
        help("\"a\".substring(1, |"),
        """
        String substring(int beginIndex, int endIndex)
                                         ^^^^^^^^^^^^
        String substring(int beginIndex)\
        """,
        "endIndex – the ending index, exclusive.");
    has(help("Math.max(1, |"), "int max(int a, int b)\n               ^^^^^\n");
    has(help("Math.max(1, 2|)"), "int max(int a, int b)\n               ^^^^^\n");
    has(help("String.format(\"%d|\", 1)"), "String format(String format, Object... args)");
    has(help("new ArrayList<String>(|"), "ArrayList(int initialCapacity)");
    has(help("twice(|"), "int twice(int number)\n          ^^^^^^^^^^", "number – any");
    has(help("slow.remote(|"), "ObjectRef<Integer> remote(int millis)", "Takes its time.");
    has(help("slow.options(|"), "options(UnaryOperator<TaskOptions> change)");
    has(help("words.forEach(word -> System.out.println(|"), "void println(");
  }

  @Test
  void keywordsAreExplained() {
    has(help("rec|ord"), "record – Declares a class of values");
    has(markdown("swit|ch (count) {"), "**switch** – ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noSuchThing|", "|", "12|", "// Str|ing", "if (|"})
  void nothingIsSaidWhereNothingIsKnown(String code) {
    assertNull(help(code));
  }

  @Test
  void aJdkWithoutItsSourcesIsSaid(@TempDir Path empty) {
    Inspector bare = new Inspector(cells.evaluator(), SourceJars.NONE, empty);
    has(
        (String) bare.inspect("Math.max", 8, 0).data().data().get("text/plain"),
        "int max(int a, int b)",
        "No documentation: this JDK has no lib/src.zip.");
  }

  @Test
  void helpIsThatOfTheLatestDefinition() {
    cells.ok("int f(int n) { return 1; }");
    has(help("f|"), "int f(int n)");
    cells.ok("String f(String s) { return s; }");
    has(help("f|"), "String f(String s)");
  }
}
