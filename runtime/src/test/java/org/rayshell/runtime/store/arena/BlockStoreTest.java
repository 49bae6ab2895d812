package org.rayshell.runtime.store.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes' blocks in one arena, both in this one. */
@Timeout(60)
class BlockStoreTest {
  private static final int SIZE = 1 << 20;

  @TempDir Path session;
  private final Cleaner cleaner = Cleaner.create();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private ArenaFile file;
  private RegionTable regions;
  private BlockStore writer;
  private BlockStore reader;

  @BeforeEach
  void start() throws IOException {
    file = ArenaFile.create(session, 16L << 20);
    regions = new RegionTable(file);
    writer = new BlockStore(file, cleaner, new Port("w1"));
    reader = new BlockStore(ArenaFile.open(session), cleaner, new Port("w2"));
  }

  @AfterEach
  void end() throws IOException {
    writer.close();
    reader.close();
  }

  private final class Port implements BlockStore.Port {
    private final String name;

    Port(String name) {
      this.name = name;
    }

    @Override
    public Region more(long bytes) {
      return regions.grant(name, bytes);
    }

    @Override
    public void giveBack(Region region) {
      regions.giveBack(name, region.offset());
    }

    @Override
    public void release(String home, long offset, int times) {
      writer.released(name, offset, times);
      told.add("release " + home + " " + times);
    }

    @Override
    public void unread(String home) {
      regions.unread(name, home);
      told.add("unread " + home);
    }
  }

  private Block write(int value) {
    return writer.store(SIZE, 3, to -> to.fill((byte) value));
  }

  private static int first(Block block) {
    return block.copy(1)[0];
  }

  @Test
  void aBlockIsReadWhereItWasWritten() {
    Block block = write(7);
    writer.sent(block, "w2");
    Block there = reader.arrived("w1", block.offset(), block.size());
    assertEquals(7, first(there));
    assertEquals(0, (block.offset() + 3) % 64);
    assertTrue(there.segment().isReadOnly());
  }

  @Test
  void itStaysUntilItsReaderHasLetGo() throws InterruptedException {
    MemorySegment seen = readAndForgetByTheWriter();
    for (int i = 0; i < 40; i++) {
      // Garbage each; all that is free is written over.
      write(1);
    }
    assertEquals(9, seen.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0));
    Reference.reachabilityFence(held);
    held = null;
    System.gc();
    assertEquals("release w1 1", told.take());
  }

  private Block held;

  private MemorySegment readAndForgetByTheWriter() {
    Block block = write(9);
    writer.sent(block, "w2");
    held = reader.arrived("w1", block.offset(), block.size());
    return held.segment();
  }

  @Test
  void fullIsNoBlock() {
    assertNull(writer.store(17 << 20, 0, to -> {}));
    Block most = writer.store(15 << 20, 0, to -> {});
    assertNotNull(most);
    assertNull(writer.store(2 << 20, 0, to -> {}));
    Reference.reachabilityFence(most);
  }

  @Test
  void aWriterThatThrowsTakesNothing() {
    assertThrows(
        IllegalStateException.class,
        () ->
            writer.store(
                SIZE,
                0,
                to -> {
                  throw new IllegalStateException();
                }));
    assertEquals(0, writer.used());
  }

  @Test
  void theRegionsOfADeadWriterAreFreeOnceNobodyReadsThem() throws InterruptedException {
    readAndForgetByTheWriter();
    long before = regions.free();
    regions.died("w1", java.util.List.of("w2"));
    reader.died("w1");
    assertEquals(before, regions.free());
    Reference.reachabilityFence(held);
    held = null;
    System.gc();
    assertEquals("unread w1", told.take());
    assertEquals(16L << 20, regions.free());
  }

  @Test
  void aReaderThatDiesPinsNothing() {
    readAndForgetByTheWriter();
    writer.collectAll();
    assertEquals(SIZE + 64, writer.used());
    assertTrue(writer.concerns("w2"));
    writer.died("w2");
    assertEquals(0, writer.used());
  }

  @Test
  void whatIsNotInTheArenaIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> reader.arrived("w1", 0, 10));
    assertThrows(IllegalArgumentException.class, () -> reader.arrived("w1", 20L << 20, 10));
    assertThrows(IllegalArgumentException.class, () -> reader.arrived("w1", 5L << 20, -1));
  }
}
