package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file of Java may have, a cell may have, too; and what it defines may be defined again. */
class LanguageTest {
  @AutoClose private final Cells cells = new Cells();

  static List<String> trueCells() {
    return List.of(
        "import module java.sql;\nConnection none = null;\nnone == null",
        "int sum = 0;\nfor (var _ : List.of(1, 2)) sum++;\nsum == 2",
        "var _ = 5;\nBiFunction<Integer, Integer, Integer> first = (a, _) -> a;\nfirst.apply(1, 2) == 1",
        "String text = \"\"\"\n    Hello\n      \"World\" \\\n    end\n    \"\"\";\ntext.equals(\"Hello\\n  \\\"World\\\" end\\n\")",
        "record Range(int lo, int hi) {\n  Range {\n    if (lo > hi) throw new IllegalArgumentException();\n  }\n  static Range to(int hi) { return new Range(0, hi); }\n}\nRange.to(3).hi() == 3",
        "record P<T extends Comparable<T>>(T a, List<Map<String, ? super T>> b) {}\nnew P<>(1, List.of()).a() == 1",
        "int got = switch (\"b\") { case \"a\": yield 1; default: yield 2; };\ngot == 2",
        "outer:\nfor (int i = 0; ; i++) { for (;;) { if (i == 2) break outer; continue outer; } }\ntrue",
        "{ record L(int a) {} enum E { A } interface I { int x(); } I i = () -> 3; if (new L(i.x()).a() != 3) throw new Error(E.A + \"\"); }\ntrue",
        "@FunctionalInterface interface Tri<A, R> { R apply(A a, A b, A c); }\nTri<Integer, Integer> t = (var a, var b, var c) -> a + b + c;\nt.apply(1, 2, 3) == 6",
        "import java.lang.annotation.*;\n@Retention(RetentionPolicy.RUNTIME) @interface Mark { String value() default \"x\"; }\n@Mark(\"y\") class Marked { static class In { enum Deep { ONE } } }\nMarked.class.getAnnotation(Mark.class).value().equals(\"y\") && Marked.In.Deep.ONE != null",
        "enum Op implements IntBinaryOperator { PLUS { public int applyAsInt(int a, int b) { return a + b; } } }\nOp.PLUS.applyAsInt(2, 3) == 5",
        "interface Greeter { default String hi() { return \"hi \" + name(); } String name(); static Greeter of(String n) { return () -> n; } }\nGreeter.of(\"bob\").hi().equals(\"hi bob\")",
        "class Outer { class Inner { int v = 5; } }\nnew Outer().new Inner().v == 5",
        "Object o = 7;\nString kind = switch (o) { case Integer i when i > 5 -> \"big\"; case Integer _ -> \"small\"; case null, default -> \"other\"; };\nkind.equals(\"big\")",
        "int a = 1, b = 2; int[] c[] = {{1}, {2, 3}};\na + b + c[1][1] == 6");
  }

  @ParameterizedTest
  @MethodSource("trueCells")
  void isThatOfTheJdk(String code) {
    assertEquals(true, cells.value(code));
  }

  @Test
  void aSealedTypePermitsThoseOfItsCellAndOfTheSession() {
    cells.ok(
        """
        sealed interface Shape<T extends Number> { record Dot() implements Shape<Integer> {} }
        record Circle(double r) implements Shape<Double> {}
        final class Square implements Shape<Long> {}
        """);
    cells.ok(
        "int n(Shape<?> s) { return switch (s) { case Circle(var r) -> (int) r; case Square _ -> 2;"
            + " case Shape.Dot() -> 3; }; }");
    assertEquals(12, cells.value("n(new Circle(7)) + n(new Square()) + n(new Shape.Dot())"));
    cells.ok(
        "sealed interface Shape<T> {}\nrecord Circle(double r) implements Shape<Double> {}\nfinal"
            + " class Oval implements Shape<Long> {}");
    assertEquals("Oval", cells.value("new Oval().getClass().getSimpleName()"));
    assertTrue(
        cells.rejected("sealed abstract class Alone {}").getFirst().message().contains("sealed"));
  }

  @Test
  void resourcesMayBeVariablesOfTheSession() {
    cells.ok("var in = new StringReader(\"abc\");");
    cells.ok("int got = 0;\ntry (in) { got = in.read(); }");
    assertEquals((int) 'a', cells.value("got"));
    assertEquals("Stream closed", cells.threw("in.read()").getMessage());
    cells.ok("int read(Reader from) throws IOException { try (from) { return from.read(); } }");
    assertEquals((int) 'x', cells.value("read(new StringReader(\"x\"))"));
    EvalResult.Problem problem = cells.rejected("try (in) { in.read(nope); }").getFirst();
    assertEquals(20, problem.column());
  }

  @Test
  void aRecordBecomesAClassAndItsVariablesRemain() {
    cells.ok("record R(int a) {}\nR r = new R(1);\nint a(R of) { return of.a(); }");
    assertEquals(
        "variable r was reset: its value is of a type that was replaced\n",
        cells.notes("class R { int a() { return 9; } }"));
    assertEquals(9, cells.value("r == null ? a(new R()) : 0"));
    cells.ok("r = new R();");
    assertEquals(9, cells.value("r.a()"));
  }

  @Test
  void aVariableKeepsItsValueWhateverItsTypesNameComesToMean() {
    cells.ok(
        "import java.util.concurrent.atomic.*;\nAtomicInteger at = new AtomicInteger(4);\nList<AtomicInteger>"
            + " all = List.of(at);\nAtomicInteger plain;\nplain = at;");
    assertEquals("", cells.notes("class AtomicInteger { String own() { return \"mine\"; } }"));
    assertEquals(8, cells.value("at.get() + plain.get()"));
    assertEquals("", cells.notes("import java.util.concurrent.locks.*;"));
    assertEquals("mine4", cells.value("new AtomicInteger().own() + all.get(0)"));
  }

  @Test
  void aVariableOutlivesTheMethodThatMadeIt() {
    cells.ok("int make(String s) { return s.length(); }\nint made = make(\"abc\");");
    assertEquals("", cells.notes("int make(int n) { return n; }"));
    cells.ok("long make(String s) { return 9; }");
    assertEquals(3, cells.value("made"));
  }

  @Test
  void enumsInterfacesAndGenericMethodsMayBeDefinedAgain() {
    cells.ok("enum E { X, Y }\nint of(E e) { return e.ordinal(); }\nof(E.Y)");
    cells.ok("enum E { A, X, Y }");
    assertEquals(2, cells.value("of(E.Y)"));
    cells.ok("interface I { int f(); }\nclass Impl implements I { public int f() { return 1; } }");
    cells.ok("interface I { int f(); default int g() { return f() + 10; } }");
    assertEquals(11, cells.value("new Impl().g()"));
    assertTrue(
        cells
            .notes("interface I { int f(); int h(); }")
            .contains("class Impl, however, it cannot"));
    assertTrue(
        cells.rejected("new Impl()").getFirst().hint().contains("override abstract method h"));
    cells.ok(
        "class Impl implements I { public int f() { return 1; } public int h() { return 5; } }");
    assertEquals(5, cells.value("new Impl().h()"));
    cells.ok(
        "<T> List<T> two(T t) { return List.of(t, t); }\nint size() { return two(1).size(); }");
    cells.ok("<T extends Number> List<T> two(T t) { return List.of(t); }");
    assertEquals(1, cells.value("size()"));
  }

  @Test
  void whatGoesOnFromNothingIsSaid() {
    assertEquals(
        "there is no if that this else could belong to",
        cells.rejected("int x = 1;\nelse { }").getFirst().message());
    assertEquals(
        "methods of cells belong to no object that could be locked: write synchronized (lock) { … }"
            + " within",
        cells.rejected("synchronized void m() {}").getFirst().hint());
  }

  @Test
  void framesBelowOnesThatLoadClassesAreShown() {
    List<String> trace = Cells.trace(cells.threw("Class.forName(\"com.example.Nope\")"));
    assertEquals("In [1]:1", trace.getLast());
  }
}
