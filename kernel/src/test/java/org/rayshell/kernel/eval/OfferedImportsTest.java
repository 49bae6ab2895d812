package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cells import by themselves, since completion has offered it. */
class OfferedImportsTest {
  private final Cells cells = new Cells();

  @AfterEach
  void ends() {
    cells.close();
  }

  private void offer(String qualified) {
    cells.evaluator().offeredImports().offer(qualified);
  }

  private List<String> imports() {
    return cells.evaluator().definitions().imports();
  }

  @Test
  void aCellImportsWhatItUses() {
    offer("java.util.concurrent.atomic.AtomicInteger");
    offer("java.util.zip.CRC32");
    assertEquals(3, cells.value("new AtomicInteger(3).get()"));
    assertTrue(imports().contains("java.util.concurrent.atomic.AtomicInteger"));
    assertFalse(imports().contains("java.util.zip.CRC32"));
    // In definitions, too, which are compiled by another way.
    cells.ok(
        "long sum(byte[] of) { var crc = new CRC32(); crc.update(of); return crc.getValue(); }");
    assertEquals(0L, cells.value("sum(new byte[0])"));
  }

  @Test
  void remoteFunctionsMayNameItInTheirSignatures() {
    offer("java.util.concurrent.atomic.AtomicInteger");
    cells.ok("@Remote int plusOne(AtomicInteger n) { return n.get() + 1; }");
    assertEquals(4, cells.value("plusOne(new AtomicInteger(3))"));
  }

  @Test
  void nothingIsImportedThatWasNotOffered() {
    List<EvalResult.Problem> problems = cells.rejected("new AtomicInteger(3).get()");
    assertEquals("import java.util.concurrent.atomic.AtomicInteger;", problems.getFirst().hint());
  }

  @Test
  void aNameThatMeansSomethingIsLeftAlone() {
    offer("java.awt.List");
    offer("java.awt.Point");
    assertEquals(List.of(1), cells.value("List.of(1)"));
    assertEquals(2, cells.value("record Point(int x) {}\nnew Point(2).x()"));
    assertEquals(2, cells.value("new Point(2).x()"));
    assertEquals(
        "[T]",
        cells.value(
            "<Color> List<Color> only(Color c) { return List.of(c); }\nonly('T').toString()"));
    offer("java.awt.Color");
    cells.ok("<Color> Color same(Color c) { return c; }");
    assertFalse(
        imports().stream().anyMatch(each -> each.startsWith("java.awt")), () -> "" + imports());
  }

  @Test
  void itsOwnImportsComeFirst() {
    offer("java.sql.Statement");
    cells.ok("import java.beans.*;\nStatement said = new Statement(\"\", \"length\", null);");
    assertFalse(imports().contains("java.sql.Statement"));
    cells.ok("import module java.sql;");
    offer("java.sql.Savepoint");
    cells.ok("Savepoint none = null;");
    assertFalse(imports().contains("java.sql.Savepoint"));
  }

  @Test
  void aCellMayDefineLaterWhatWasImported() {
    offer("java.awt.Point");
    assertEquals(1, cells.value("new Point(1, 2).x"));
    assertTrue(imports().contains("java.awt.Point"));
    cells.ok("record Point(String name) {}");
    assertEquals("a", cells.value("new Point(\"a\").name()"));
  }

  @Test
  void canBeTurnedOff() {
    offer("java.util.zip.CRC32");
    cells.evaluator().offeredImports().turn(false);
    assertEquals("import java.util.zip.CRC32;", cells.rejected("new CRC32()").getFirst().hint());
  }
}
