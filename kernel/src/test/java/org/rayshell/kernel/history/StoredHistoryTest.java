package org.rayshell.kernel.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.session.History;
import org.rayshell.kernel.session.History.Entry;
import org.rayshell.kernel.session.MemoryHistory;

class StoredHistoryTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("a folder").resolve("history ? % ä.sqlite");
  }

  private static List<String> inputs(List<Entry> entries) {
    return entries.stream().map(Entry::input).toList();
  }

  @Test
  void sessionsGoOnAcrossRestarts() {
    try (History first = new StoredHistory(file())) {
      first.add(1, "int a = 1", null);
      first.add(2, "a", "1");
      assertEquals(
          List.of(new Entry(1, 1, "int a = 1", null), new Entry(1, 2, "a", "1")),
          first.range(0, 1, 100));
    }
    try (History second = new StoredHistory(file())) {
      second.add(1, "b", "2");
      assertEquals(List.of(new Entry(2, 1, "b", "2")), second.range(0, 1, 100));
      assertEquals(List.of(new Entry(1, 2, "a", "1")), second.range(-1, 2, 3));
      assertEquals(List.of(new Entry(1, 1, "int a = 1", null)), second.range(1, 1, 2));
      assertEquals(List.of("a", "b"), inputs(second.tail(2)));
      assertEquals(List.of("int a = 1", "a", "b"), inputs(second.tail(Integer.MAX_VALUE)));
      assertEquals(List.of(), second.tail(-3));
      assertEquals(List.of(), second.range(99, 1, 100));
    }
  }

  @Test
  void aPatternHasTwoWildcardsAndNoMore() {
    try (History history = new StoredHistory(file())) {
      history.add(1, "x[1]", null);
      history.add(2, "x1", null);
      history.add(3, "x[1]", null);
      history.add(4, "😀y\nz", null);
      assertEquals(List.of("x[1]", "x[1]"), inputs(history.search("x[1]", 9, false)));
      assertEquals(List.of(3), lines(history.search("x[1]", 9, true)));
      assertEquals(List.of(3), lines(history.search("x*", 1, false)));
      assertEquals(List.of(2, 3), lines(history.search("x*", 9, true)));
      assertEquals(List.of("😀y\nz"), inputs(history.search("?y*", 9, false)));
      assertEquals(List.of(), history.search("X*", 9, false));
    }
  }

  private static List<Integer> lines(List<Entry> entries) {
    return entries.stream().map(Entry::line).toList();
  }

  @Test
  void kernelsShareTheFileAndEachSeesItsOwnCellsLast() {
    try (History one = new StoredHistory(file());
        History other = new StoredHistory(file())) {
      one.add(1, "one 1", null);
      assertEquals(List.of("one 1"), inputs(one.tail(9)));
      other.add(1, "other 1", null);
      assertEquals(List.of("one 1", "other 1"), inputs(other.tail(9)));
      one.add(2, "one 2", null);
      assertEquals(List.of("other 1", "one 1", "one 2"), inputs(one.tail(9)));
    }
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    try (History history = new StoredHistory(file())) {
      assertFalse(Files.exists(file().getParent()));
      history.add(1, "secret", null);
      assertEquals(1, history.tail(9).size());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
    }
    try (var left = Files.list(file().getParent())) {
      assertEquals(List.of(file()), left.toList());
    }
  }

  @Test
  void whatWaitsIsWrittenAtTheEnd() {
    try (History history = new StoredHistory(file())) {
      history.add(1, "last words", null);
    }
    try (History next = new StoredHistory(file())) {
      assertEquals(List.of("last words"), inputs(next.tail(9)));
    }
  }

  @Test
  void aSessionWithoutACellMakesNoFile() {
    new StoredHistory(file()).close();
    assertFalse(Files.exists(file()));
  }

  @Test
  void aFileThatIsNoneIsLeftAloneAndTheSessionRemembered() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken"), "not a database ".repeat(500));
    remembered(broken);
    assertTrue(Files.readString(broken).startsWith("not a database"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNotInTheWay() throws Exception {
    Path file = Files.writeString(directory.resolve("a file"), "x");
    remembered(file.resolve("history.sqlite"));
    remembered(Path.of("/proc/nowhere/history.sqlite"));
    remembered(directory);
  }

  @Test
  void aFileOfANewerKernelIsNotTouched() throws Exception {
    new StoredHistory(file()).tail(1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file().toUri());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }
    remembered(file());
  }

  private static void remembered(Path file) {
    try (History history = new StoredHistory(file)) {
      history.add(1, "a", "1");
      assertEquals(List.of(new Entry(1, 1, "a", "1")), history.tail(9));
      history.add(2, "b", null);
      assertEquals(List.of("a", "b"), inputs(history.range(0, 1, 9)));
    }
  }

  @Test
  void thePlaceFollowsTheEnvironment() {
    Path home = Path.of(System.getProperty("user.home"));
    assertEquals(home.resolve(".local/share/rayshell/history.sqlite"), HistoryFile.path(Map.of()));
    assertEquals(
        Path.of("/data/rayshell/history.sqlite"),
        HistoryFile.path(Map.of("XDG_DATA_HOME", "/data")));
    assertEquals(
        home.resolve(".local/share/rayshell/history.sqlite"),
        HistoryFile.path(Map.of("XDG_DATA_HOME", "data")));
    assertEquals(
        Path.of("/home/me/.local/share/rayshell/history.sqlite"),
        HistoryFile.path(Map.of("HOME", "/home/me")));
    assertEquals(Path.of("/h"), HistoryFile.path(Map.of("RAYSHELL_HISTORY", "/h")));
    assertNull(HistoryFile.path(Map.of("RAYSHELL_HISTORY", "")));
    assertInstanceOf(MemoryHistory.class, HistoryFile.open(Map.of("RAYSHELL_HISTORY", ":memory:")));
  }
}
