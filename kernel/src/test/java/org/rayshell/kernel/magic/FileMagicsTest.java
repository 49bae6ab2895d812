package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Magics about files, folders, commands and this process. */
@DisabledIfSystemProperty(
    named = "rayshell.internals",
    matches = "false",
    disabledReason = "once is enough: nothing here depends on how cells are compiled")
class FileMagicsTest {
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

  @Test
  void cellsAreWrittenIntoFiles() throws Exception {
    Path file = folder.resolve("a b.txt");
    String name = "\"" + file + "\"";
    assertEquals("Writing " + file + "\n", cells.out("%%writefile " + name + "\n\n  x %y\n!z"));
    assertEquals("\n  x %y\n!z\n", Files.readString(file));
    assertEquals("Appending to " + file + "\n", cells.out("%%writefile -a " + name + "\nmore\n"));
    assertEquals("\n  x %y\n!z\nmore\n", cells.out("%open " + name));
    assertEquals("Overwriting " + file + "\n", cells.out("%%writefile " + name + "\nnew"));
    assertEquals("new\n", Files.readString(file));
    String missing = cells.error("%%writefile " + folder + "/no/file\nx");
    assertTrue(missing.contains("mkdir -p " + folder + "/no"), missing);
    assertTrue(cells.error("%%writefile " + folder + "\nx").contains("is a folder"));
    assertTrue(cells.error("%%writefile\nx").contains("%%writefile [-a] FILE"));
  }

  @Test
  void onlySmallTextIsOpened() throws Exception {
    assertTrue(cells.error("%open " + folder + "/none").contains("no such file"));
    assertTrue(cells.error("%open " + folder).contains("is a folder"));
    Path large = Files.write(folder.resolve("large"), new byte[200_000]);
    assertTrue(cells.error("%open " + large).contains("200 kB; !head " + large));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC0, (byte) 0xC0});
    assertTrue(cells.error("%open " + binary).contains("not text in UTF-8"));
  }

  @Test
  void theFolderIsChangedForJavaAndForScripts() throws Exception {
    Path before = Path.of("").toAbsolutePath();
    Path real = folder.toRealPath();
    Files.createDirectories(real.resolve("sub dir"));
    try {
      assertEquals(real + "\n", cells.out("%cd " + real));
      assertEquals(real + "\n", cells.out("%pwd"));
      cells.ok("Files.writeString(Path.of(\"here.txt\"), \"found\");");
      assertEquals("found", Files.readString(real.resolve("here.txt")));
      assertEquals(real.resolve("x"), Path.of("x").toAbsolutePath());
      assertEquals(real.resolve("x").toFile(), new File("x").getAbsoluteFile());
      assertTrue(new File("here.txt").exists());
      assertEquals("found", cells.out("!cat here.txt").strip());
      assertEquals(List.of("here.txt"), cells.completions("%open he"));
      assertEquals(List.of("\"sub dir/\""), cells.completions("%cd su"));
      cells.ok("%cd sub dir");
      assertTrue(cells.out("!pwd").strip().endsWith("sub dir"));
      assertEquals(real + "\n", cells.out("%cd -"));
      assertTrue(cells.error("%cd nowhere").contains(real + "/nowhere"));
      assertTrue(cells.error("%cd here.txt").contains("is no folder"));
      assertEquals(real + "\n", cells.out("%pwd"));
    } finally {
      WorkingFolder.change(before);
    }
    assertEquals(before, Path.of("").toAbsolutePath());
  }

  @Test
  void theEnvironmentIsSetForJavaAndForScripts() throws Exception {
    assertNull(System.getenv("RAYSHELL_TEST_ENV"));
    assertTrue(cells.error("%env RAYSHELL_TEST_ENV").contains("=VALUE sets it"));
    assertEquals("RAYSHELL_TEST_ENV=a b\n", cells.out("%env RAYSHELL_TEST_ENV=a b"));
    assertEquals("a b", cells.ok("System.getenv(\"RAYSHELL_TEST_ENV\")").value());
    assertEquals("a b", cells.out("!echo $RAYSHELL_TEST_ENV").strip());
    cells.ok("%env RAYSHELL_TEST_ENV 'c'");
    assertEquals("c\n", cells.out("%env RAYSHELL_TEST_ENV"));
    assertTrue(cells.out("%env").contains("RAYSHELL_TEST_ENV=c\n"));
    assertTrue(cells.error("%env =x").contains("called so"));
  }

  @Test
  void commandsStandBetweenJava() throws Exception {
    MagicCells.Shown cell = cells.ok("int two = 2;\n!echo a; \\\n  echo b >&2\ntwo * 21");
    assertEquals("a\n", cell.out.toString());
    assertEquals("b\n", cell.err.toString());
    assertEquals(42, cell.value());
    assertTrue(cells.error("!exit 3").contains("the command ended with exit code 3"));
    assertTrue(cells.error("%sh").contains("!COMMAND"));
  }

  @Test
  void namesThatTheSessionKnowsMakeItJava() throws Exception {
    cells.ok("boolean ready = false;\nboolean isSet() { return true; }");
    assertEquals(true, cells.ok("!ready").value());
    assertEquals(false, cells.ok("!isSet()").value());
    assertEquals(false, cells.ok("!(1 < 2)").value());
    assertEquals(true, cells.ok("!List.of(1).isEmpty()").value());
    assertEquals(true, cells.ok("!true || !false").value());
    assertEquals(false, cells.ok("boolean which = true;\n!which").value());
  }

  @Test
  void textIsShownAsWhatItIs() throws Exception {
    MagicCells.Shown html = cells.ok("%%html\n<b>%time</b>\n");
    assertEquals("<b>%time</b>", html.shown("text/html"));
    assertEquals("<b>%time</b>", html.shown("text/plain"));
    assertEquals("# A", cells.ok("%%markdown\n# A").shown("text/markdown"));
    assertEquals("$x$", cells.ok("%%latex\n$x$").shown("text/latex"));
    assertEquals("<svg/>", cells.ok("%%svg\n<svg/>").shown("image/svg+xml"));
    assertEquals("1+1", cells.ok("%%javascript\n1+1").shown("application/javascript"));
    assertTrue(cells.error("%%html\n \n").contains("nothing to show"));
    assertTrue(cells.error("%%html x\ny").contains("stands alone"));
  }

  @Test
  void memoryIsTold() throws Exception {
    String table = cells.ok("%mem").shown("text/plain");
    assertTrue(table.contains("heap") && table.contains("classes loaded"), table);
    assertTrue(cells.out("%gc").startsWith("freed "));
    assertTrue(cells.error("%gc now").contains("takes nothing"));
  }

  @Test
  void settingsAreShownAndSet() throws Exception {
    assertTrue(cells.ok("%config").shown("text/plain").contains("xmode"));
    assertEquals("autoImport=on\n", cells.out("%config autoImport"));
    assertEquals("autoImport=off\n", cells.out("%config autoImport=off"));
    assertEquals("xmode=Verbose\n", cells.out("%config xmode=verbose"));
    assertTrue(cells.java.trace().showsAll());
    assertEquals("xmode=Context\n", cells.out("%config xmode = Context"));
    assertEquals("pictures=on\n", cells.out("%config pictures"));
    assertTrue(cells.error("%config pictures=blue").contains("on or off"));
    assertTrue(cells.error("%config color=red").contains("there are xmode, pictures"));
    assertEquals(
        List.of("xmode=Minimal", "xmode=Plain", "xmode=Context", "xmode=Verbose"),
        cells.completions("%config xmode="));
  }

  @Test
  void recordingsTellTheHottestMethods() throws Exception {
    Path file = folder.resolve("cell.jfr");
    String code =
        """
        %%%%jfr %s
        double burn() {
          double sum = 0;
          for (long end = System.nanoTime() + 250_000_000L; System.nanoTime() < end; ) {
            sum += Math.sin(sum) + 1;
          }
          return sum;
        }
        burn() > 0
        """
            .formatted(file);
    MagicCells.Shown cell = cells.ok(code);
    assertEquals(true, cell.value());
    String table = cell.shown("text/plain");
    assertTrue(table.contains("recorded in " + file), table);
    assertTrue(table.contains("In ["), table);
    assertTrue(Files.size(file) > 0);
    assertTrue(cells.error("%jfr stop").contains("%jfr start"));
    cells.ok("%jfr start " + folder.resolve("open.jfr"));
    assertTrue(cells.error("%jfr start").contains("%jfr stop"));
    cells.ok("%jfr stop");
    assertTrue(Files.exists(folder.resolve("open.jfr")));
    assertTrue(cells.error("%jfr soon").contains("soon"));
    assertTrue(cells.error("%jfr 1 " + folder + "/no/x.jfr").contains("/no/x.jfr"));
  }

  @Test
  void helpWhileTypingThem() throws Exception {
    assertTrue(cells.completions("%w").containsAll(List.of("who", "whos")));
    assertTrue(cells.completions("%%wr").contains("writefile"));
    assertEquals(List.of("-f"), cells.completions("%reset -"));
    assertEquals(List.of(), cells.completions("%%html\n<b>Str"));
    Files.createFile(folder.resolve("one.txt"));
    Files.createFile(folder.resolve(".hidden"));
    Files.createDirectory(folder.resolve("two"));
    for (String each : List.of("%load ", "!cat ", "%%writefile -a ", "%cd ", "%%bash ")) {
      assertEquals(
          List.of(folder + "/one.txt", folder + "/two/"), cells.completions(each + folder + "/"));
    }
    assertEquals(List.of(folder + "/.hidden"), cells.completions("%open " + folder + "/.h"));
    assertNull(cells.assist.complete("int a = 1;\na.", 13));
    cells.ok("boolean[] known = {};");
    assertNull(cells.assist.complete("!known.", 7), "what the session knows is completed as Java");
    assertTrue(cells.assist.help("!ls", 1).contains("%sh COMMAND"));
    for (Magic each : cells.magics.all()) {
      boolean line = each.forms().contains(Magic.Form.LINE);
      String help = cells.assist.help((line ? "%" : "%%") + each.name(), 3);
      assertTrue(help.startsWith(each.usage()), each.name());
      assertFalse(each.summary().endsWith("."), each.name());
    }
  }
}
