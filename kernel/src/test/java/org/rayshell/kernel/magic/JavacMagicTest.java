package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.eval.EvalResult;

/** Options of the compiler, added in a session that has run already. */
class JavacMagicTest {
  private static final String PATTERN =
      "String kind(int x) { return switch (x) { case byte _ -> \"byte\"; case int _ -> \"int\"; }; }";

  private static final boolean INTERNALS =
      !System.getProperty("rayshell.internals", "true").equals("false");

  @AutoClose private final MagicCells cells = new MagicCells();

  @Test
  void previewFeaturesAreThereOnceTheyAreAllowed() throws Exception {
    var refused = assertInstanceOf(EvalResult.Rejected.class, cells.run(PATTERN).result);
    assertEquals(
        "%javac --enable-preview allows it for the rest of the session",
        refused.problems().getFirst().hint());
    assertEquals(
        "cells are compiled with --enable-preview\n", cells.out("%javac --enable-preview"));
    assertEquals("byte int", cells.ok(PATTERN + "\nkind(3) + \" \" + kind(300)").value());
    assertEquals((byte) 5, cells.ok("5 instanceof byte b ? b : 0").value());
    cells.ok("List<String> later = List.of();");
    assertEquals(
        "cells are compiled with --enable-preview\n", cells.out("%javac --enable-preview"));
  }

  @Test
  void warningsAreToldWithTheirLines() throws Exception {
    cells.ok("%javac -Xlint:rawtypes");
    PrintStream former = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      cells.ok("int first = 1;\nList raw = new ArrayList<String>();");
    } finally {
      System.setErr(former);
    }
    String told = err.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("line 2: warning: "), told);
    assertTrue(told.contains("found raw type: "), told);
    assertEquals(3, cells.ok("1 + 2").value());
  }

  @Test
  void whatTheCompilerDoesNotTakeChangesNothing() throws Exception {
    assertEquals(
        "no options were added; %javac [OPTION...|--reset] adds some\n", cells.out("%javac"));
    assertTrue(cells.error("%javac --nonsense").contains("--nonsense"));
    assertTrue(cells.error("%javac -cp a.jar").contains("use %classpath or %maven"));
    assertEquals(2, cells.ok("1 + 1").value());
  }

  @Test
  void optionsAreTakenBack() throws Exception {
    if (!INTERNALS) {
      assertTrue(cells.error("%javac --reset").contains("restart the kernel"));
      return;
    }
    cells.ok("%javac -Xlint:rawtypes -Werror");
    assertInstanceOf(EvalResult.Rejected.class, cells.run("List raw = null;").result);
    assertEquals("cells are compiled with -Xlint:rawtypes -Werror\n", cells.out("%javac"));
    assertTrue(cells.out("%javac --reset").startsWith("no options were added"));
    cells.ok("List raw = null;");
    cells.ok("int later(List rest) { return 1; }");
  }

  @Test
  void previewFeaturesStayForWhatWasCompiledWithThem() throws Exception {
    cells.ok("%javac --enable-preview -Werror");
    cells.ok(PATTERN);
    if (INTERNALS) {
      assertEquals("cells are compiled with --enable-preview\n", cells.out("%javac --reset"));
    }
    assertEquals("byte", cells.ok("kind(3)").value());
    assertTrue(cells.error("%javac --reset -Werror").contains("--reset"));
  }
}
