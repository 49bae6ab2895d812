package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  @AutoClose private final Cells cells = new Cells();

  @Test
  void theLastExpressionIsTheValue() {
    EvalResult.Ok ok = cells.ok("int a = 20;\nint twice(int n) { return 2 * n; }\ntwice(a) + 2");
    assertEquals(new EvalResult.Ok(true, 42), ok);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int x = 5",
        "int x = 1; x = 5",
        "var x = 5",
        "1 + 1;",
        "\"a;\" + '\\'' /* ; */ ; // shown not",
        "System.out.print(\"\")",
        "for (int i = 0; i < 3; i++) {}",
        "import java.time.*",
        "class Empty {}",
        "void nothing() {}\nnothing()",
        "",
        "  \n ; ;",
        "// only a comment",
        "/* and */ // these"
      })
  void showsNothing(String code) {
    assertFalse(cells.ok(code).hasValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"42", "42 // the answer", "/* ; */ 42 /* ; */", "int x = 42; x", "'*' // \";"})
  void showsTheValueWhateverCommentsSay(String code) {
    assertEquals(42, ((Number) asNumber(cells.value(code))).intValue());
  }

  private static Object asNumber(Object value) {
    return value instanceof Character c ? (int) c : value;
  }

  @Test
  void nullIsAValueAndValuesAreTheObjectsThemselves() {
    assertNull(cells.value("String s = null;\ns"));
    cells.ok("var list = new ArrayList<Integer>();");
    assertSame(cells.value("list"), cells.value("list"));
  }

  @Test
  void seesTheDefaultImports() {
    assertEquals(
        "DEBUG",
        cells.value(
            "List<Path> a; BigInteger b; URI c; Pattern d; Stream<Integer> e; ObjectRef<Void> f;"
                + " Function<String, File> g; TimeUnit h; Preferences i;\nLevel.DEBUG.name()"));
  }

  @Test
  void definitionsOfACellMayUseLaterOnes() {
    assertEquals(
        true,
        cells.value(
            """
            boolean even(int n) { return n == 0 || odd(n - 1); }
            boolean odd(int n) { return n != 0 && even(n - 1); }
            class A { B b() { return new B(); } }
            class B { A a() { return new A(); } }
            new A().b().a().b() != null && even(10)
            """));
  }

  @Test
  void overloadsFindEachOtherAcrossCells() {
    cells.ok("int size(int n) { return n; }");
    cells.ok("int size(String text) { return size(text.length()); }");
    assertEquals(3, cells.value("size(\"abc\")"));
    cells.ok("int size(int n) { return 10 * n; }");
    assertEquals(30, cells.value("size(\"abc\")"));
    cells.ok(
        "int size(List<String> of) { return of.stream().mapToInt(this_ -> size(this_)).sum(); }");
    assertEquals(50, cells.value("size(List.of(\"ab\", \"abc\"))"));
    assertEquals(
        List.of("incompatible types: String cannot be converted to int"),
        cells.rejected("int size(String text) { int n = text; return size(n); }").stream()
            .map(EvalResult.Problem::message)
            .toList());
    assertEquals(50, cells.value("size(List.of(\"ab\", \"abc\"))"));
    cells.ok("static int size(long n) { return size((int) n) + size(\"ab\"); }");
    assertEquals(90, cells.value("size(7L)"));
    cells.ok("int down(int n) { return n == 0 ? 0 : down(n - 1); }\nint down() { return 7; }");
    assertEquals(0, cells.value("down(down())"));
  }

  @Test
  void methodsAndTheirUsersAreRightOnceTheClassPathHasGrown(@TempDir Path folder) {
    cells.ok("int size(int n) { return n; }");
    cells.evaluator().addToClassPath(folder);
    cells.ok("int size(String text) { return size(text.length()) + 1; }");
    assertEquals(4, cells.value("size(\"abc\")"));
    cells.ok("int size(int n) { return -n; }");
    assertEquals(-2, cells.value("size(\"abc\")"));
  }

  @Test
  void sealedTypesAndPatternsAcrossSnippets() {
    assertEquals(
        "n4 x",
        cells.value(
            """
            sealed interface S permits S1, S2 {}
            record S1(int a) implements S {}
            record S2(String b) implements S {}
            String d(S s) { return switch (s) { case S1(int n) -> "n" + n; case S2(var b) -> b; }; }
            d(new S1(4)) + " " + d(new S2("x"))
            """));
  }

  @Test
  void aSealedFamilyIsDefinedAgainAndGrows() {
    String family =
        """
        sealed interface S permits S1, S2 {}
        record S1(int a) implements S {}
        record S2(String b) implements S {}
        """;
    cells.ok(family);
    cells.ok("int d(S s) { return switch (s) { case S1(int n) -> n; case S2(var b) -> 2; }; }");
    cells.ok(family);
    assertEquals(4, cells.value("d(new S1(4))"));
    cells.ok("record S1(int a) implements S {}");
    assertEquals(5, cells.value("d(new S1(5))"));
    String grown = family.replace("S2 {}", "S2, S3 {}") + "record S3() implements S {}";
    cells.ok(grown);
    cells.ok("int d(S s) { return switch (s) { case S1(int n) -> n; case S2 _, S3 _ -> 2; }; }");
    assertEquals(2, cells.value("d(new S3())"));
    assertEquals(
        List.of("incompatible types: String cannot be converted to int"),
        cells.rejected("record S1(int a) implements S { int b() { return \"\"; } }").stream()
            .map(EvalResult.Problem::message)
            .toList());
    assertEquals(6, cells.value("d(new S1(6))"));
  }

  @Test
  void classesOfACellAreWovenThoughTheyNameEachOther() {
    cells.ok("class A { int v() { return 1; } }\nclass B extends A { int v() { return 2; } }");
    cells.ok("class C extends A {}");
    assertEquals(
        3,
        cells.value("boolean t = true; (t ? new B() : new C()).v() + (t ? new C() : new B()).v()"));
  }

  @Test
  void whatIsMissingIsSaidAndUsingItFailsByName() {
    assertEquals(
        "created method f(), however, it cannot be invoked until method g() and variable h are"
            + " declared\n",
        cells.notes("int f() { return g() + h; }"));
    Throwable thrown = cells.threw("f()");
    assertInstanceOf(UnresolvedNameException.class, thrown);
    assertEquals(
        "method f() cannot be invoked until method g() and variable h are declared",
        thrown.getMessage());
    assertEquals("", cells.notes("int g() { return 1; }\nint h = 2;"));
    assertEquals(3, cells.value("f()"));
  }

  @Test
  void aDefinitionThatNoLongerCompilesIsNamed() {
    cells.ok("int k = 1;\nint f() { return k; }");
    assertEquals(
        "changed method f(), however, it cannot be invoked: incompatible types: possible lossy"
            + " conversion from long to int\n",
        cells.notes("long k = 2;"));
  }

  @Test
  void problemsHavePlacesInTheCellAndComeTogether() {
    List<EvalResult.Problem> problems =
        cells.rejected("int ok = 1;\n\nint z =\n    foo(3) + \"abc\".bar();\n");
    assertEquals(2, problems.size());
    EvalResult.Problem foo = problems.get(0);
    assertEquals(4, foo.line());
    assertEquals(5, foo.column());
    assertEquals(8, foo.endColumn());
    assertEquals("    foo(3) + \"abc\".bar();", foo.sourceLine());
    assertEquals("cannot find symbol\n  symbol:   method foo(int)", foo.message());
    assertEquals(14, problems.get(1).column());
  }

  @Test
  void placesAreRightBehindAVarWhoseTypeWasWrittenOut() {
    EvalResult.Problem problem = cells.rejected("var x = 1 + nope;").get(0);
    assertEquals(13, problem.column());
    assertEquals(17, problem.endColumn());
  }

  @Test
  void nothingRunsIfSomethingDoesNotParse() {
    cells.ok("int ran = 0;");
    List<EvalResult.Problem> problems = cells.rejected("ran = 1;\nif (ran == 1) {");
    assertEquals(2, problems.get(0).line());
    assertEquals("reached end of file while parsing", problems.get(0).message());
    assertEquals(0, cells.value("ran"));
  }

  @Test
  void whatNoCellCanHoldIsSaidBeforeAnythingRuns() {
    cells.ok("int ran = 0;");
    EvalResult.Problem brace = cells.rejected("ran = 1;\nint f() { return 1; } }").get(0);
    assertEquals("there is no { that this } could close", brace.message());
    assertEquals(2, brace.line());
    assertEquals(23, brace.column());
    EvalResult.Problem line = cells.rejected("package a.b;\nran = 2;\nclass A {}").get(0);
    assertTrue(line.message().startsWith("cells have no package: leave this out"));
    assertEquals(1, line.line());
    assertEquals(12, line.endColumn());
    assertEquals(0, cells.value("ran"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int f( {", "\"open", "int x = ;", "class {", "}", "1 +", "/* open", "@"})
  void refusesWhatIsNoJava(String code) {
    assertFalse(cells.rejected(code).isEmpty());
  }

  @Test
  void aTooLongStringIsRefused() {
    List<EvalResult.Problem> problems =
        cells.rejected("String s = \"" + "x".repeat(70_000) + "\";");
    assertTrue(problems.get(0).message().contains("too long"), problems.get(0).message());
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void exceptionsAndErrorsAreTheUsersOwnAndStateIsKept() {
    cells.ok("int n = 1;");
    assertEquals("boom", cells.threw("n = 2;\nthrow new Exception(\"boom\");").getMessage());
    assertInstanceOf(
        StackOverflowError.class, cells.threw("int deep(int i) { return deep(i) + 1; }\ndeep(1)"));
    assertInstanceOf(OutOfMemoryError.class, cells.threw("new int[Integer.MAX_VALUE]"));
    assertInstanceOf(AssertionError.class, cells.threw("throw new AssertionError();"));
    assertEquals(2, cells.value("n"));
  }

  @Test
  void exitIsTrapped() {
    for (String call :
        List.of("System.exit(3)", "Runtime.getRuntime().exit(3)", "Runtime.getRuntime().halt(3)")) {
      Throwable thrown = cells.threw(call);
      assertInstanceOf(ExitCalledException.class, thrown);
      assertTrue(
          thrown.getMessage().contains("(3) was called: the kernel ends"), thrown.getMessage());
      assertEquals(List.of("In [" + cells.count() + "]:1"), Cells.trace(thrown));
    }
  }

  @Test
  void exitIsTrappedInMethodReferencesToo() {
    for (String action : List.of("System::exit", "Runtime.getRuntime()::exit")) {
      Throwable thrown = cells.threw("Stream.of(3).forEach(" + action + ");");
      assertInstanceOf(ExitCalledException.class, thrown);
      assertTrue(
          thrown.getMessage().contains("(3) was called: the kernel ends"), thrown.getMessage());
    }
    assertInstanceOf(
        ExitCalledException.class,
        cells.threw(
            "BiConsumer<Runtime, Integer> f = Runtime::halt;\nf.accept(Runtime.getRuntime(), 3);"));
  }

  @Test
  void theListenerHearsOfInvocationsAlone() {
    List<String> heard = new ArrayList<>();
    InvokeListener listener =
        new InvokeListener() {
          @Override
          public void before() {
            heard.add("before");
          }

          @Override
          public void after() {
            heard.add("after");
          }
        };
    cells.evaluator().eval("int f() { throw new RuntimeException(); }", 1, listener);
    assertEquals(List.of(), heard);
    cells.evaluator().eval("f()", 2, listener);
    assertEquals(List.of("before", "after"), heard);
  }

  @Test
  void temporariesGoUnlessTheyAreUsed() {
    cells.ok("1 + 1");
    assertFalse(cells.rejected("$1").isEmpty());
  }

  @Test
  void runsOnAThreadThatCellsShareWithTheSessionsLoader() {
    cells.ok("var mine = new ThreadLocal<String>();\nmine.set(\"kept\");");
    assertEquals("kept", cells.value("mine.get()"));
    assertSame(cells.value("Thread.currentThread()"), cells.value("Thread.currentThread()"));
    assertSame(
        cells.evaluator().loader(), cells.value("Thread.currentThread().getContextClassLoader()"));
  }

  @Test
  void aThreadThatACellLeavesBehindDoesNotHoldIt() {
    assertEquals(
        1,
        cells.value(
            "var go = new CountDownLatch(1);\nvar t = new Thread(() -> { try { go.await(); } catch"
                + " (InterruptedException e) {} });\nt.start();\n1"));
    cells.ok("go.countDown();\nt.join();");
  }

  @Test
  void typesAreStillInferredOnceAFunctionThatIsUsedIsNoLongerRemote() {
    cells.ok("@Remote int f(int n) { return n; }");
    cells.ok("@Remote int g(int n) { return f.remote(n).get(); }");
    cells.ok("int f(int n) { return -n; }");
    assertEquals("List<Integer>", cells.typeOf("var x = List.of(1);", "x"));
  }

  @Test
  void typesAreStillInferredOnceAClassIsRefusedOrGone() {
    cells.rejected("class Foo { void x() { int y = \"bad\"; } }");
    assertEquals("List<Integer>", cells.typeOf("var x = List.of(1);", "x"));
    cells.rejected("new Foo()");
    cells.ok("class Foo { int y = 3; }");
    assertEquals(3, cells.value("new Foo().y"));
    cells.ok("@Remote int f() { return 1; }");
    cells.ok("int f() { return 2; }");
    assertEquals("List<String>", cells.typeOf("var z = List.of(\"\");", "z"));
    cells.ok("@Remote int f() { return 3; }");
  }

  @Test
  void knowsTheLinesOfCells() {
    cells.ok("int a = 1;\nint b = 2;");
    assertEquals("int b = 2;", cells.evaluator().sourceLine(1, 2));
    assertEquals("", cells.evaluator().sourceLine(1, 3));
    assertEquals("", cells.evaluator().sourceLine(9, 1));
  }

  @Test
  void recordsMayHaveConstructorsAsAnywhere() {
    cells.ok(
        """
        record P(int x, int y) {
          P { if (x < 0) throw new IllegalArgumentException("x=" + x); }
          P(int x) { this(x, 0); }
        }
        record Q(int x) { Q(int x) { this.x = 2 * x; } }
        """);
    assertEquals(7, cells.value("new P(1, 2).y() + new P(1).x() + new Q(2).x()"));
    assertEquals("P.<init>(In [1]:2)", Cells.trace(cells.threw("new P(-1)")).get(0));
    String wrong = "record R(int x) { R {} R() { this(1); int q = true; } }";
    assertEquals(wrong.indexOf("true") + 1, cells.rejected(wrong).getLast().column());
  }
}
