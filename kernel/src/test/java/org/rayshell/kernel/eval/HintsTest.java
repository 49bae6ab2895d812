package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rayshell.kernel.hint.ThrownHints;

/** What is said to do about the usual mistakes. */
class HintsTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells();
    cells.ok(
        "int counter = 1;\nOptional<String> maybe = Optional.empty();\nList<String> names = List.of();\nint total() { return 0; }\nclass Helper {"
            + " int size; int twice(int n) { return 2 * n; } }");
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  private static String hint(String code) {
    return cells.rejected(code).getFirst().hint();
  }

  private static final String USUAL =
      """
      var s = new ReentrantLock();
      import java.util.concurrent.locks.ReentrantLock;
      Entry<String, Integer> e = null;
      import java.util.Map.Entry;
      conter + 1
      did you mean counter?
      Lsit.of(1)
      did you mean List?
      new Helpr()
      did you mean Helper?
      totl() + 1
      did you mean total?
      { int inner = 2; innr++; }
      did you mean inner?
      "abc".lenght()
      did you mean length?
      new Helper().twise(1)
      did you mean twice?
      "abc".length
      length is a method of String: length()
      new Helper().size()
      size is a field of Helper: no parentheses
      new int[3].length()
      an array has length, without parentheses
      names.length()
      a List has size()
      if (counter = 5) { }
      = assigns; == compares
      while (counter) { }
      a condition is true or false: compare it, as in x != 0
      int i = "5";
      Integer.parseInt(…) reads it from the text
      String t = 5;
      String.valueOf(…) makes text of it
      int i = 3.5;
      write (int) before it to cut it down, or make the variable a double
      String v = maybe;
      it may be empty: .orElseThrow() or .orElse(…) gives the String
      List<int> ints = null;
      type arguments are classes: Integer instead of int
      Helper.twice(3)
      twice() belongs to each Helper: call it on one, not on the class
      int f(int x) { if (x > 0) return 1; }
      each way through must end in return with a value, or in throw; an if without else may not
      String g() { return Files.readString(Path.of("x")); }
      write throws IOException behind the parameters of g, or catch it
      Stream.of("a").map(x -> Files.readString(Path.of(x))).toList()
      the interface of this lambda lets no IOException through: catch it within, and throw an unchecked one such as new UncheckedIOException(e)
      Stream.of(Path.of("a")).map(Files::readString).toList()
      the interface of this lambda lets no IOException through: catch it within, and throw an unchecked one such as new UncheckedIOException(e)
      void r() { int c = 0; Runnable run = () -> c++; }
      copy it into a variable that never changes, and use that one inside
      char c = 'abc';
      a char is one character between single quotes; text stands in double ones
      String s2 = “quoted”;
      it is no " but a quotation mark of a text processor
      _ + 1
      the last result is __, that of In [3] is _3; _ stands for a variable without a name
      _99 + 1
      the result of In [3] is _3, as long as that is kept, and the last one is __
      """;

  static Stream<Arguments> usual() {
    List<String> lines = USUAL.lines().toList();
    return IntStream.range(0, lines.size() / 2)
        .mapToObj(i -> Arguments.of(lines.get(2 * i), lines.get(2 * i + 1)));
  }

  @ParameterizedTest
  @MethodSource("usual")
  void ofTheUsualMistakes(String code, String hint) {
    assertEquals(hint, hint(code));
  }

  @Test
  void whichBraceOrQuoteIsOpen() {
    assertEquals(
        "the { in line 2 has no }",
        hint(
            """
            void h() {
                for (int i = 0; i < 3; i++) {
                    System.out.println(i);
            }
            int k = 3;
            """));
    assertEquals("the ( in line 1 has no )", hint("total(1, 2"));
    assertEquals("the comment that begins in line 2 has no */", hint("int a = 1;\n/* open"));
    assertEquals(
        "the text block that begins in line 1 has no \"\"\"", hint("String t = \"\"\"\n  abc"));
    assertEquals(
        "the string that begins in line 1 has no \" in its line; text of several lines stands"
            + " between \"\"\" and \"\"\"",
        hint("String u = \"abc;\nint w = 3;"));
  }

  @Test
  void whichLibraryIsMissing() {
    assertEquals(
        "no jar on the class path has org.example.lib: %maven GROUP:ARTIFACT:VERSION adds a"
            + " library, %classpath FILE a jar",
        hint("import org.example.lib.Tool;"));
    assertEquals(
        "no cell defines Quux9, and nothing on the class path has it: %maven"
            + " GROUP:ARTIFACT:VERSION adds a library",
        hint("var q = new Quux9();"));
  }

  @Test
  void typesOfTheClassPathAreFoundAndThoseTooNewAreExplained(@TempDir Path folder)
      throws IOException {
    ClassDesc tool = ClassDesc.of("org.example.found", "Tool9");
    Files.createDirectories(folder.resolve("org/example/found"));
    Path file = folder.resolve("org/example/found/Tool9.class");
    int access = ClassFile.ACC_PUBLIC;
    ClassFile.of().buildTo(file, tool, type -> type.withFlags(access));
    try (Cells own = new Cells()) {
      own.evaluator().addToClassPath(folder);
      assertEquals(
          "import org.example.found.Tool9;", own.rejected("Tool9 t = null;").getFirst().hint());
    }
    int newer = ClassFile.latestMajorVersion() + 1;
    ClassFile.of().buildTo(file, tool, type -> type.withFlags(access).withVersion(newer, 0));
    try (Cells own = new Cells()) {
      own.evaluator().addToClassPath(folder);
      Throwable thrown = own.threw("org.example.found.Tool9.class");
      String hint = ThrownHints.of(thrown, thrown.getMessage());
      assertTrue(hint.startsWith("It was compiled for a newer Java"), hint);
    }
  }

  @Test
  void definitionsThatWaitNameTheImportToo() {
    assertTrue(
        cells
            .notes("void waits() { new ReentrantLock(); conter(); }")
            .contains("  class ReentrantLock: import java.util.concurrent.locks.ReentrantLock;"));
  }

  @Test
  void stringsComparedByIdentityAreTold() {
    assertEquals(
        "In [%d], line 2: == and != ask whether two strings are one object, not whether their"
            + " texts are the same: write !\"y\".equals(st)\n",
        cells
            .notes("String st = \"x\";\nif (st != \"y\") counter = 1;")
            .replaceAll("\\d+(?=],)", "%d"));
    assertEquals("", cells.notes("boolean isNull = \"x\" == null;"));
  }
}
