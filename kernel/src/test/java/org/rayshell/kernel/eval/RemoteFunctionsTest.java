package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of remote functions, without running any. */
class RemoteFunctionsTest {
  @AutoClose private final Cells cells = new Cells();

  @Test
  void stillRunsAsAPlainCall() {
    assertEquals(42, cells.value("@Remote int f() { return 42; }\nf()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @Remote class Foo {}               | 15 | @Remote marks functions, and Foo is a class
          @Remote int field = 5;             | 13 | @Remote marks functions, and field is a variable
          @Remote int record(int x) { return x; } | 13 | record cannot name a remote function
          @Remote int Math(int x) { return x; }   | 13 | would hide the class java.lang.Math
          int f;                             |  5 | a variable named f would hide the remote function f
          enum f { A }                       |  6 | a class named f would hide the remote function f
          @Remote int v() { return 1; }      | 13 | a variable named v would hide the remote function v
          @Remote int C() { return 1; }      | 13 | a class named C would hide the remote function C
          """)
  void namesThatCannotBe(String code, int column, String message) {
    cells.ok("@Remote int f(int n) { return n; }\nint v = 1;\nclass C {}");
    EvalResult.Problem problem = cells.rejected(code).get(0);
    assertTrue(problem.message().contains(message), problem.message());
    assertEquals(column, problem.column());
    assertEquals(1, problem.line());
  }

  @Test
  void callsThatDoNotFitAreComparedWithThoseOfAsManyArguments() {
    cells.ok("Function<Integer, Integer> g = x -> x;");
    String message = cells.rejected("org.rayshell.Ray.task(g, 5)").get(0).message();
    assertTrue(message.contains("cannot be converted to Call1<A,R>"), message);
    assertFalse(message.contains("Call2"), message);
    assertFalse(message.contains("differ in length"), message);
    cells.ok("@Remote int one(int n) { return n; }");
    message = cells.rejected("one.remote()").get(0).message();
    assertTrue(message.contains("differ in length"), message);
  }

  @Test
  void namesThatClashInOneCell() {
    String message = "would hide the remote function g";
    for (String code :
        List.of(
            "int g = 1;\n@Remote int g() { return 1; }",
            "@Remote int g() { return 1; }\nint g = 1;")) {
      assertTrue(cells.rejected(code).get(0).message().contains(message));
    }
    assertFalse(cells.rejected("g()").isEmpty());
  }

  @Test
  void functionsAreFoundByKeyAsTheyAreLoaded() {
    cells.ok(
        """
        record P(int x) {}
        @Remote <T extends Comparable<T>> int f(int a, P[] b, Map.Entry<String, T> c, T d, long... e) { return 1; }
        @Remote void f() {}
        int f(String plain) { return 1; }
        """);
    List<RemoteFunction> functions = cells.evaluator().remoteFunctions("f");
    assertEquals(
        List.of("int,P[],Entry,Comparable,long[]", ""),
        functions.stream().map(RemoteFunction::key).toList());
    assertTrue(functions.get(0).descriptor().endsWith("Ljava/lang/Comparable;[J)I"));
    assertEquals("()V", functions.get(1).descriptor());
    assertEquals(List.of(), cells.evaluator().remoteFunctions("nope"));
  }

  @Test
  void aRejectedRedefinitionChangesNothing() {
    cells.ok("@Remote int f(int n) { return n; }");
    cells.rejected("@Remote String f(int n) { return n.nope(); }");
    assertEquals("(I)I", cells.evaluator().remoteFunctions("f").get(0).descriptor());
    assertEquals(
        "Supplier<ObjectRef<Integer>>",
        cells.typeOf("Supplier<ObjectRef<Integer>> s = () -> f.remote(1);", "s"));
  }

  @Test
  void aContextualKeywordThatCanNameATypeNamesAFunction() {
    cells.ok("@Remote int when(int n) { return n; }\n@Remote int module() { return 2; }");
    assertEquals(3, cells.value("when(1) + module()"));
    assertEquals(
        "Supplier<ObjectRef<Integer>>",
        cells.typeOf("Supplier<ObjectRef<Integer>> s = () -> when.remote(1);", "s"));
    cells.rejected("@Remote int record() { return 1; }");
  }

  @Test
  void withoutTheAnnotationItIsRemoteNoMore() {
    cells.ok("@Remote int f(int n) { return n; }\nvar s = \"\" + f(1);");
    cells.ok("int f(int n) { return n + 1; }");
    assertEquals(List.of(), cells.evaluator().remoteFunctions("f"));
    assertEquals("1", cells.value("var t = s.strip();\nt"));
    assertEquals(2, cells.value("class f { static int v = 2; }\nf.v"));
    assertEquals(2, cells.value("f(1)"));
  }

  @Test
  void wrongArgumentsAreRefusedInTheCell() {
    cells.ok("@Remote String cat(int n, String s) { return s.repeat(n); }");
    EvalResult.Problem problem = cells.rejected("cat.remote(\"a\", 3)").get(0);
    assertTrue(problem.message().contains("cat.remote(int,String)"), problem.message());
    assertFalse(problem.message().contains("Void"), problem.message());
  }
}
