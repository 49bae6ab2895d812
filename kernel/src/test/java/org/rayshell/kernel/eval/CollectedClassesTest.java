package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session no longer has goes, and what it has works from wherever it was loaded. */
class CollectedClassesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** An expression of the class that it is compiled into. */
  private static final String OWN_CLASS = "java.lang.invoke.MethodHandles.lookup().lookupClass()";

  @AutoClose private final Cells cells = new Cells();

  private static void awaitCollected(WeakReference<?> gone) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (gone.get() != null) {
            System.gc();
          }
        });
  }

  static Stream<Arguments> redefinitions() {
    return Stream.of(
        Arguments.of(
            "Class<?> f() { return new Object() {}.getClass(); }", "f()", "int f() { return 1; }"),
        Arguments.of("class A {}", "A.class", "class A { int v; }"),
        Arguments.of("record R(int v) {}", "R.class", "record R(int v, int w) {}"),
        Arguments.of("enum E { ONE }", "E.ONE", "enum E { TWO }"),
        Arguments.of("interface I { int i(); }\nI i = () -> 1;", "i", "I i = null;"),
        Arguments.of("var x = new Object();", "x", "var x = 1;"),
        Arguments.of("Object x = new Object();", "x", "Object x = new Object();"),
        Arguments.of("class P { int v; P() {} }\nvar p = new P();", "p", "var p = 1;"),
        Arguments.of("class P { int v; P() {} }\nvar p = new P();", "p", "class P { int w; }"));
  }

  @ParameterizedTest
  @MethodSource("redefinitions")
  void whatIsRedefined(String code, String value, String again) {
    cells.ok(code);
    WeakReference<Object> gone = new WeakReference<>(cells.value(value));
    cells.ok(again);
    awaitCollected(gone);
  }

  @Test
  void expressionsAndStatements() {
    awaitCollected(new WeakReference<>(cells.value(OWN_CLASS)));
    cells.ok("Class<?>[] out = new Class<?>[1];");
    cells.ok("{ class Local {} out[0] = Local.class; }");
    WeakReference<Object> gone = new WeakReference<>(cells.value("out[0]"));
    cells.ok("out[0] = null;");
    awaitCollected(gone);
  }

  @Test
  void whatIsStillUsedStays() {
    cells.ok("int f() { return 1; }\nSupplier<Integer> kept = () -> f();");
    cells.ok("class A { public String toString() { return new B().toString(); } }");
    cells.ok("class B { public String toString() { return \"former\"; } }");
    cells.ok("Object a = new A();");
    cells.ok("class B { public String toString() { return \"later\"; } }\nint f() { return 2; }");
    awaitCollected(new WeakReference<>(new Object()));
    assertEquals("later", cells.value("new A().toString()"));
    assertEquals(1, cells.value("kept.get()"));
    assertEquals(2, cells.value("f()"));
  }

  @Test
  void aClassThatWentIsMadeAgainForWhoeverNamesIt() throws ClassNotFoundException {
    String name = ((Class<?>) cells.value(OWN_CLASS)).getName();
    ClassLoader loader = cells.evaluator().loader();
    awaitCollected(new WeakReference<>(loader.loadClass(name)));
    assertEquals(name, loader.loadClass(name).getName());
  }

  static Stream<Arguments> members() {
    return Stream.of(
        Arguments.of("class A { int v = 3; }", "new A().v", "3"),
        Arguments.of("class A { protected int v() { return 3; } }", "new A().v()", "3"),
        Arguments.of("class A { A(int v) {} static int s = 3; }", "new A(1).s", "3"),
        Arguments.of("class A { static class N { int v = 3; } }", "new A.N().v", "3"),
        Arguments.of(
            "class A { private static class N { int v = 3; }\nint v() { return new N().v; } }",
            "new A().v()",
            "3"),
        Arguments.of(
            "class A { int v() { return 1; } }\nclass B extends A { int v() { return 3; } }\nA a = new B();",
            "a.v()",
            "3"),
        Arguments.of(
            "class A { int v() { return 3; } }\nclass B extends A {}\nclass C extends B {}",
            "new C().v()",
            "3"),
        Arguments.of(
            "class A { int v() { return 3; } }", "new A() { int w() { return v(); } }.w()", "3"),
        Arguments.of(
            "abstract class A { abstract int v(); }\nint f(A a) { return a.v(); }",
            "f(new A() { int v() { return 3; } })",
            "3"),
        Arguments.of(
            "sealed interface S permits X, Y {}\nrecord X(int v) implements S {}\nrecord Y() implements S {}",
            "switch ((S) new X(3)) { case X(int v) -> v; case Y() -> 1; }",
            "3"),
        Arguments.of(
            "enum E { A, B { int v() { return 3; } }; int v() { return 1; } }", "E.B.v()", "3"),
        Arguments.of("enum E { A, B }", "switch (E.B) { case A -> 1; case B -> 3; }", "3"),
        Arguments.of(
            "record R(int v) { R { if (v < 0) throw new Error(); } }", "new R(3).v()", "3"),
        Arguments.of(
            "interface I { default int v() { return 3; } }\nclass A implements I {}",
            "new A().v()",
            "3"),
        Arguments.of("interface F { int at(int x); }\nF f = x -> x + 1;", "f.at(2)", "3"),
        Arguments.of("class A { int v = 3; }\nA[][] all = {{new A()}};", "all[0][0].v", "3"),
        Arguments.of("class A<T> { T v; A(T v) { this.v = v; } }", "new A<>(3).v", "3"),
        Arguments.of("var o = new Object() { int v = 3; };", "o.v", "3"),
        Arguments.of(
            "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)\n@interface Note { int value(); }\n@Note(3) class A {}",
            "A.class.getAnnotation(Note.class).value()",
            "3"),
        Arguments.of(
            "class Node { int v; Node next; Node(int v, Node next) { this.v = v; this.next = next; } }\nint sum(Node n) { return n == null ? 0 : n.v + sum(n.next); }",
            "sum(new Node(1, new Node(2, null)))",
            "3"),
        Arguments.of(
            "int even(int n) { return n == 0 ? 3 : odd(n - 1); }\nint odd(int n) { return n == 0 ? 1 : even(n - 1); }",
            "even(10)",
            "3"),
        Arguments.of(
            "class A { B b; int v() { return b.v; } }\nclass B { int v = 3; }",
            "new A() {{ b = new B(); }}.v()",
            "3"),
        Arguments.of("class T extends Thread { int v = 3; }", "new T().v", "3"),
        Arguments.of(
            "class X extends Exception { X(int v) { super(\"\" + v); } }\nint f() throws X { throw new X(3); }",
            "((Supplier<Object>) () -> { try { return f(); } catch (X x) { return x.getMessage(); } }).get()",
            "3"));
  }

  @ParameterizedTest
  @MethodSource("members")
  void membersOfThePackageAreReached(String code, String value, String expected) {
    cells.ok(code);
    assertEquals(expected, String.valueOf(cells.value(value)));
  }
}
