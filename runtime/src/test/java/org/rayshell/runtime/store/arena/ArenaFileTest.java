package org.rayshell.runtime.store.arena;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaFileTest {
  private static final long SIZE = 8L << 20;

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private Path session;
  private Path shared;

  @BeforeEach
  void folders() throws IOException {
    session = Files.createDirectory(folder.resolve("session_1"));
    shared = Files.createDirectory(folder.resolve("shm"));
  }

  private ArenaFile create(Path sharedMemory, long bytes) throws IOException {
    return ArenaFile.create(session, sharedMemory, bytes, log::add);
  }

  @Test
  void itHasNoNameInSharedMemoryAndIsGoneWithItsSession() throws IOException {
    try (ArenaFile file = create(shared, SIZE)) {
      assertArrayEquals(new String[0], shared.toFile().list());
      file.pages().back(file.begin(), 10);
      file.slice(file.begin(), 10).fill((byte) 3);
      try (ArenaFile other = ArenaFile.open(session)) {
        assertEquals(3, other.slice(file.begin(), 10).get(ValueLayout.JAVA_BYTE, 9));
      }
    }
    assertNull(ArenaFile.open(session));
    assertEquals(List.of(), log);
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Files.createFile(shared.resolve("rayshell-session_2026-11-28_07-00-00_000000_1"));
    Path others = Files.createFile(shared.resolve("other"));
    create(shared, SIZE).close();
    assertArrayEquals(new String[] {"other"}, shared.toFile().list());
    assertTrue(Files.exists(others));
  }

  @Test
  void whereThereIsNoSharedMemoryItIsInTheSessionsFolder() throws IOException {
    try (ArenaFile _ = create(folder.resolve("missing"), SIZE);
        ArenaFile other = ArenaFile.open(session)) {
      assertEquals(SIZE, other.end() - other.begin());
      assertTrue(Files.isRegularFile(session.resolve("arena")));
    }
    assertEquals(List.of(), log);
  }

  @Test
  void whereNothingCanBeWrittenItIsInTheSessionsFolderAndThatIsSaid() throws IOException {
    create(Path.of("/proc"), SIZE).close();
    assertEquals(1, log.size());
    assertTrue(log.getFirst().contains("shm-size"), log.getFirst());
    assertTrue(log.getFirst().contains("/proc"), log.getFirst());
  }

  @Test
  void whatFitsNowhereIsRefusedWithTheSizesAndLeavesNothing() {
    String message = assertThrows(IOException.class, () -> create(shared, 1L << 50)).getMessage();
    assertTrue(message.contains("bytes=1125899911036928, " + shared + ": free="), message);
    assertTrue(message.contains(session + ": free="), message);
    assertTrue(message.contains("objectStoreMemory"), message);
    assertArrayEquals(new String[0], session.toFile().list());
    assertArrayEquals(new String[0], shared.toFile().list());
  }

  @Test
  void noFileIsNoArenaAndAnotherLayoutIsRefused() throws IOException {
    assertNull(ArenaFile.open(session));
    Files.write(session.resolve("arena"), new byte[8 << 20]);
    assertThrows(IOException.class, () -> ArenaFile.open(session));
    assertFalse(log.contains(""));
  }
}
