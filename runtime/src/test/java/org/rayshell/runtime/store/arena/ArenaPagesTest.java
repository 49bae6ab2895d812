package org.rayshell.runtime.store.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArenaPagesTest {
  private static final long STEP = ArenaFile.STEP_BYTES;

  @TempDir Path folder;
  private final Arena arena = Arena.ofShared();
  private final ByteBuffer header = ByteBuffer.allocate(8);
  private final List<Long> asked = new ArrayList<>();
  private RandomAccessFile file;
  private MemorySegment memory;

  @BeforeEach
  void start() throws IOException {
    file = new RandomAccessFile(folder.resolve("file").toFile(), "rw");
    file.setLength(3 * STEP);
    memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 3 * STEP, arena);
  }

  @AfterEach
  void end() throws IOException {
    arena.close();
    file.close();
  }

  private ArenaPages pages(PageRemoval removal) {
    return new ArenaPages(file, memory, header, 2, removal);
  }

  private boolean refuses(MemorySegment bytes) {
    asked.add(bytes.address() - memory.address());
    return false;
  }

  @Test
  void backedIsWhatTheBytesTouch() throws IOException {
    ArenaPages pages = pages(PageRemoval.ofSystem());
    pages.back(STEP - 1, 2);
    assertTrue(pages.has(0) && pages.has(1));
    assertFalse(pages.has(2));
    memory.set(ValueLayout.JAVA_BYTE, STEP, (byte) 5);
    pages.back(STEP, 2 * STEP);
    assertTrue(pages.has(2));
    assertEquals(5, memory.get(ValueLayout.JAVA_BYTE, STEP), "what has pages is not written again");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere pages stay until the end")
  void whatIsRemovedIsZeros() throws IOException {
    ArenaPages pages = pages(PageRemoval.ofSystem());
    pages.back(0, 3 * STEP);
    memory.fill((byte) 5);
    assertTrue(pages.remove(1));
    assertFalse(pages.has(1));
    assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, STEP));
    assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, 2 * STEP - 1));
    assertEquals(5, memory.get(ValueLayout.JAVA_BYTE, STEP - 1));
    assertEquals(5, memory.get(ValueLayout.JAVA_BYTE, 2 * STEP));
  }

  @Test
  void aFileSystemThatRefusesIsAskedOnce() throws IOException {
    ArenaPages pages = pages(this::refuses);
    pages.back(0, 3 * STEP);
    memory.fill((byte) 5);
    assertTrue(pages.areRemovable());
    assertFalse(pages.remove(1));
    assertFalse(pages.areRemovable());
    assertFalse(pages.remove(2));
    assertEquals(List.of(STEP), asked);
    assertTrue(pages.has(2));
    // It may have lost some of them.
    assertFalse(pages.has(1));
    pages.back(STEP, STEP);
    assertTrue(pages.has(1));
    assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, STEP));
  }

  @Test
  void noneIsRemovedOfWhatIsClosed() throws IOException {
    ArenaPages pages = pages(this::refuses);
    pages.back(0, STEP);
    pages.close();
    assertFalse(pages.remove(0));
    assertTrue(pages.has(0));
    assertEquals(List.of(), asked);
  }
}
