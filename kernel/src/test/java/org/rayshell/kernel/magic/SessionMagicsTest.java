package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.eval.EvalResult;

/** Magics that tell of the session: variables, definitions, history. */
class SessionMagicsTest {
  private static MagicCells cells;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    cells = new MagicCells();
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  @BeforeEach
  void noVariables() throws Exception {
    cells.answer = null;
    cells.ok("%reset -f");
  }

  @Test
  void variablesAreListedWithTypesSizesAndValues() throws Exception {
    assertEquals("there are no variables\n", cells.out("%whos"));
    cells.ok(
        """
        int number = 7;
        String text = "a\\nb";
        List<String> names = List.of("x", "y");
        double[][] grid = new double[2][3];
        var map = new TreeMap<String, int[]>(Map.of("k", new int[] {1, 2}));
        Object nothing = null;
        """);
    assertEquals("grid  map  names  nothing  number  text\n", cells.out("%who"));
    assertEquals("number\n", cells.out("%who int"));
    assertEquals("names\n", cells.out("%who List"));
    assertTrue(cells.out("%who Path").contains("no variables of type Path"));
    MagicCells.Shown table = cells.ok("%whos");
    assertEquals(
        """
        name     type                       size  value
        grid     double[][]                2 × 3  [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
        map      TreeMap<String, int[]>        1  {"k"=[1, 2]}
        names    List<String>                  2  ["x", "y"]
        nothing  Object                        -  null
        number   int                           -  7
        text     String                  3 chars  "a b"\
        """,
        table.shown("text/plain"));
    assertTrue(table.shown("text/html").contains("List&lt;String&gt;"));
    assertTrue(cells.completions("%whos ").contains("int"));
  }

  @Test
  void valuesAreCutAndTheirFailuresShown() throws Exception {
    cells.ok(
        """
        class Bad { public String toString() { throw new IllegalStateException(); } }
        Bad bad = new Bad();
        int[] large = new int[10_000_000];
        var endless = new ArrayList<Object>();
        endless.add(endless);
        """);
    String table = cells.ok("%whos").shown("text/plain");
    assertTrue(table.contains("(IllegalStateException of its toString)"), table);
    assertTrue(table.contains("10000000  [0, 0, 0"), table);
    assertTrue(table.lines().allMatch(line -> line.length() < 120), table);
  }

  @Test
  void resetAsksAndTakesVariablesAlone() throws Exception {
    cells.ok("int gone = 1;\nint reads() { return gone; }\nrecord Stays(int a) {}");
    assertTrue(cells.error("%reset").contains("%reset -f"));
    cells.answer = "n";
    MagicCells.Shown asked = cells.ok("%reset");
    assertTrue(asked.asked.contains("one variable"), asked.asked);
    assertEquals("nothing was deleted\n", asked.out.toString());
    assertEquals(1, cells.ok("reads()").value());
    cells.answer = "y";
    assertEquals("deleted one variable\n", cells.out("%reset"));
    assertInstanceOf(EvalResult.Rejected.class, cells.run("gone").result);
    assertEquals("Stays[a=1]", String.valueOf(cells.ok("new Stays(1)").value()));
    cells.ok("int gone = 5;");
    assertEquals(5, cells.ok("reads()").value());
    assertTrue(cells.error("%reset -x").contains("no option -x"));
  }

  @Test
  void definitionsAreListedAsJshellDoes() throws Exception {
    cells.ok("int shown = 3;\nint twice(int a) { return 2 * a; }\ninterface Shape {}");
    assertEquals("int shown = 3\n", cells.out("%jshell /vars"));
    assertTrue(cells.out("%jshell /methods").contains("int twice(int)\n"));
    assertTrue(cells.out("%jshell /ty").contains("interface Shape\n"));
    cells.ok("import java.util.zip.*;");
    String imports = cells.out("%jshell /imports");
    assertTrue(imports.contains("import java.util.*\n"), imports);
    assertTrue(imports.contains("import java.util.zip.*\n"), imports);
    assertTrue(cells.error("%jshell /exit").contains("/vars|/methods"));
    assertEquals(List.of("/methods"), cells.completions("%jshell /m"));
  }

  @Test
  void classesAreTakenApart() throws Exception {
    cells.ok("record Pair(int a, String b) {}\nint twin(int a) { return a + a; }");
    String pair = cells.out("%javap Pair");
    assertTrue(pair.contains("final class Pair extends java.lang.Record"), pair);
    assertTrue(pair.contains("public int a();"), pair);
    assertFalse(pair.contains("iconst") || pair.contains("JShell$"), pair);
    assertTrue(cells.out("%javap -c twin").contains("iadd"));
    assertTrue(cells.out("%javap Runnable").contains("public abstract void run();"));
    assertTrue(cells.error("%javap NoSuch").contains("no class or method NoSuch"));
    assertTrue(cells.error("%javap 1+1").contains("1+1"));
  }

  @Test
  void documentationIsShown() throws Exception {
    cells.documented = Map.of("inc", "int inc(int a)", "((String) null).repeat", "repeats");
    assertEquals("int inc(int a)", cells.ok("%javadoc inc(1)").shown("text/plain"));
    assertEquals("repeats", cells.ok("%javadoc String.repeat").shown("text/plain"));
    assertEquals("repeats", cells.ok("%javadoc String#repeat(int)").shown("text/plain"));
    assertTrue(cells.error("%javadoc noSuchThing").contains("noSuchThing"));
    assertTrue(cells.error("noSuchThing?").contains("nothing is known of noSuchThing"));
    assertTrue(cells.error("%noSuchMagic?").contains("there is no magic noSuchMagic"));
  }

  @Test
  void historyIsToldByNumbersAndRanges() throws Exception {
    int first = cells.ok("int h1 = 1;").count();
    cells.ok("int h2 = 2;");
    assertEquals(
        "// In [%d]\nint h1 = 1;\n\n// In [%d]\nint h2 = 2;\n".formatted(first, first + 1),
        cells.out("%history " + first + "-" + (first + 1)));
    assertTrue(cells.out("%history -n 1").contains("%history " + first));
    assertTrue(cells.out("%history -g h2*2").contains("int h2"));
    assertTrue(cells.error("%history 900").contains("this session has 1 to "));
    assertTrue(cells.error("%history x").contains("no range of cells: x"));
    assertTrue(cells.error("%history -n 0").contains("-n=0"));
    assertTrue(cells.error("%history -n 1 3").contains("one of -n, -l, -g"));
  }

  @Test
  void cellsAreSavedAndLoadedAgain() throws Exception {
    int cell = cells.ok("int saved(int a) { return a * 3; }").count();
    cells.ok("saved(14)");
    Path file = folder.resolve("kept.jsh");
    String save = "%save " + folder.resolve("kept") + " " + cell + "-" + (cell + 1);
    assertTrue(cells.out(save).contains("wrote 2 cells to " + file));
    assertEquals("int saved(int a) { return a * 3; }\n\nsaved(14)\n", Files.readString(file));
    assertEquals(42, cells.ok("%load " + folder.resolve("kept")).value());
    assertTrue(cells.error(save).contains("-f replaces"));
    cells.answer = "no";
    assertEquals("nothing was written\n", cells.out(save));
    assertTrue(cells.out(save.replace("%save", "%save -a")).contains("appended"));
    assertTrue(cells.out(save.replace("%save", "%save -f")).contains("wrote"));
    assertTrue(cells.error("%save " + file).contains("numbers of cells"));
    int html = cells.ok("%%html\n<b>x</b>").count();
    assertTrue(cells.error("%save " + file + " " + cell + " " + html).contains("%%html"));
  }
}
