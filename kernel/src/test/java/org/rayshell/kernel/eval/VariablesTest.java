package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables keep their values whatever is defined anew. */
class VariablesTest {
  @AutoClose private final Cells cells = new Cells();

  @Test
  void aNewBodyOfAMethodThatInitialisedIt() {
    cells.ok("int inc(int x) { return x + 1; }\nvar r = inc(5);\nint s = inc(6);");
    cells.ok("int inc(int x) { return x + 2; }");
    assertEquals(13, cells.value("r + s"));
  }

  @Test
  void aNewReturnTypeOfAMethodThatInitialisedIt() {
    cells.ok("int inc(int x) { return x + 1; }\nvar r = inc(5);");
    cells.ok("String inc(int x) { return \"\"; }");
    assertEquals(6, cells.value("r"));
  }

  @Test
  void newImports() {
    cells.ok("var list = new ArrayList<>(List.of(1));\nint k = 3;\nclass C {}\nvar c = new C();");
    Object before = cells.value("list");
    Object c = cells.value("c");
    cells.ok("import java.time.*;\nimport static java.lang.Math.*;\nimport java.sql.Date;");
    assertSame(before, cells.value("list"));
    assertSame(c, cells.value("c"));
    assertEquals(3, cells.value("k"));
  }

  @Test
  void aDeclarationWithoutValueStartsAnew() {
    assertEquals(0, cells.value("int u = 5;\nint u;\nu"));
    assertEquals(5, cells.value("int v = 5, w;\nv + w"));
  }

  @Test
  void anotherType() {
    assertEquals("a", cells.value("int x = 1;\nString x = \"a\";\nx"));
    assertEquals(7L, cells.value("long x = 7;\nx"));
  }

  @Test
  void typesThatCannotBeWrittenStayVar() {
    assertEquals(5, cells.value("var o = new Object() { int v = 5; };\no.v"));
    assertEquals(1, cells.value("List<? extends Number> l = List.of(1);\nvar n = l.get(0);\nn"));
  }

  @Test
  void aDefinitionThatIsRefusedLeavesTheFormerOne() {
    cells.ok(
        "int f(int n) { return n; }\nclass A { int v = 1; }\nint x = 5;\nvar a = new A();\n"
            + "int g() { return f(1) + x; }");
    for (String code :
        new String[] {
          "String f(int n) { return n.nope(); }",
          "int x = \"a\";",
          "int x = undefinedName;",
          "class A { int v = \"s\"; }",
          "int f(int n) { return n +; }"
        }) {
      cells.rejected(code);
    }
    assertEquals(12, cells.value("f(1) * x + g() + a.v"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class T { int v = 1; T next; } | new T()",
        "record T(int v) {}             | new T(1)",
        "enum T { A, B }                | T.B",
        "interface T { int v(); }       | (T) () -> 1",
        "class T { class U {} }         | new T().new U()"
      })
  void aTypeThatIsDefinedAgainAsItWas(String type, String value) {
    cells.ok(type + "\nvar kept = " + value + ";\nvar all = new ArrayList<>(List.of(kept));");
    Object before = cells.value("kept");
    assertEquals("", cells.notes(type + " // run again"));
    assertSame(before, cells.value("kept"));
    assertSame(before, cells.value("var first = all.get(0);\nfirst"));
  }

  @Test
  void aValueOfAReplacedClassIsResetAndThatIsSaid() {
    cells.ok("class A { int v = 1; }\nvar a = new A();");
    assertEquals(
        "variable a was reset: its value is of a type that was replaced\n",
        cells.notes("class A { int w = 1; }"));
    assertEquals(true, cells.value("a == null"));
  }

  @Test
  void whatIsFinalIsNotAssignedTo() {
    cells.ok("final int limit = 3;\nfinal var name = \"a\";\nint free = 1;");
    for (String each :
        List.of(
            "limit = 4;",
            "limit++",
            "free = 2;\nif (free > 1) { limit += 1; }",
            "int raise() { return ++limit; }",
            "Runnable later = () -> limit = 5;",
            "name = \"b\"")) {
      EvalResult.Problem problem = cells.rejected(each).getFirst();
      assertTrue(problem.message().startsWith("cannot assign a value to final variable "), each);
      assertTrue(problem.column() > 0 && each.contains(problem.sourceLine()), problem::toString);
    }
    assertEquals(2, cells.value("free"), "what stands above it has run");
    assertEquals("3a", cells.value("limit + name"));
    // A variable of the snippet's own, another declaration, and one that is no longer final.
    cells.ok("int own(int limit) { limit = 7; return limit; }");
    assertEquals(4, cells.value("final int limit = 4;\nlimit"));
    assertEquals(1, cells.rejected("limit = 5;").size());
    assertEquals(6, cells.value("int limit = 5;\nlimit = 6;\nlimit"));
  }

  @Test
  void whatIsAssignedToByOthersDoesNotBecomeFinal() {
    cells.ok("int limit = 3;\nint free = 1;");
    cells.ok("void raise() { limit++; }");
    cells.ok("Runnable later = () -> free = 5;\nint own(int limit) { limit = 7; return limit; }");
    EvalResult.Problem problem = cells.rejected("int a = 1;\nfinal int limit = 4;").getFirst();
    assertEquals(2, problem.line());
    assertEquals(
        "limit cannot become final: method raise() of In [2] assigns to it; define that anew"
            + " without, or leave out final",
        problem.message());
    problem = cells.rejected("static final int free = 4;").getFirst();
    assertTrue(
        problem.message().contains("variable later of In [3] assigns to it"), problem::message);
    assertEquals(4, cells.value("raise();\nlimit"), "all is as it was");
    // The same cell may put it right, before or after.
    assertEquals(9, cells.value("final int limit = 9;\nvoid raise() {}\nraise();\nlimit"));
    assertEquals(
        8, cells.value("later = null;\nRunnable later = null;\nfinal int free = 8;\nfree"));
  }
}
