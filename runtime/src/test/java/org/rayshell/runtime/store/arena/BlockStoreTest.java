package org.rayshell.runtime.store.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.ObjectStoreFullException;

/** Two processes' blocks in one arena, both in this one. */
@Timeout(60)
class BlockStoreTest {
  private static final int SIZE = 1 << 20;

  @TempDir Path session;
  private Path spilled;
  private final Cleaner cleaner = Cleaner.create();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicInteger freed = new AtomicInteger();
  private ArenaFile file;
  private RegionTable regions;
  private BlockStore writer;
  private BlockStore reader;

  @BeforeEach
  void start() throws IOException {
    file = ArenaFile.create(session, 16L << 20, line -> {});
    spilled = Files.createDirectory(session.resolve("spilled"));
    SpillFolder folder = new SpillFolder(spilled, "w1");
    regions = new RegionTable(file, folder::deleteOf);
    writer = new BlockStore("w1", file, folder, cleaner, new Port("w1"));
    reader =
        new BlockStore(
            "w2", ArenaFile.open(session), new SpillFolder(spilled, "w2"), cleaner, new Port("w2"));
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
    public Region more(long bytes, BlockStore.Effort effort) {
      return regions.grant(name, bytes);
    }

    @Override
    public void giveBack(Region region) {
      regions.giveBack(name, region);
    }

    @Override
    public void freed() {
      freed.incrementAndGet();
    }

    @Override
    public void release(BlockAddress block, int times) {
      writer.table().released(name, block.home(), block.at(), times);
      told.add("release " + block.keeper() + " " + times);
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
    writer.table().sent(block, "w2");
    Block there = reader.table().arrived(block.address());
    assertEquals(7, first(there));
    assertEquals(0, (block.address().at() + 3) % 64);
    assertTrue(there.read(MemorySegment::isReadOnly));
  }

  @Test
  void itStaysUntilItsReaderHasLetGo() throws InterruptedException {
    MemorySegment seen = readAndForgetByTheWriter();
    for (int i = 0; i < 40; i++) {
      // Garbage each; all that is free is written over.
      write(1);
    }
    assertEquals(9, seen.get(ValueLayout.JAVA_BYTE, 0));
    Reference.reachabilityFence(held);
    held = null;
    System.gc();
    assertEquals("release w1 1", told.take());
  }

  private Block held;

  private MemorySegment readAndForgetByTheWriter() {
    Block block = write(9);
    writer.table().sent(block, "w2");
    held = reader.table().arrived(block.address());
    return held.read(bytes -> bytes);
  }

  @Test
  void whatIsNotInUseGoesToFilesWhenItIsFull() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      blocks.add(write(i));
    }
    assertTrue(blocks.getFirst().isSpilled());
    assertFalse(blocks.getLast().isSpilled());
    assertTrue(writer.table().spilled() >= 24L * SIZE);
    for (int i = 0; i < 40; i++) {
      assertEquals(i, first(blocks.get(i)));
    }
    // Others read it there.
    writer.table().sent(blocks.getFirst(), "w2");
    assertEquals(0, first(reader.table().arrived(blocks.getFirst().address())));
    writer.table().released("w2", "w1", blocks.getFirst().address().at(), 1);
    Reference.reachabilityFence(blocks);
    blocks.clear();
    writer.makeRoom(0, false);
    assertEquals(0, writer.table().spilled());
    assertEquals(List.of(), files());
  }

  private List<String> files() {
    return List.of(spilled.toFile().list());
  }

  @Test
  void whatIsInUseStays() {
    Block sent = write(1);
    writer.table().sent(sent, "w2");
    Block viewed = write(2);
    MemorySegment view = viewed.view(0);
    List<Block> others = new ArrayList<>();
    sent.read(bytes -> {
      for (int i = 0; i < 40; i++) {
        others.add(write(3));
      }
      return null;
    });
    assertFalse(sent.isSpilled());
    assertFalse(viewed.isSpilled());
    assertEquals(2, view.get(ValueLayout.JAVA_BYTE, 5));
    Reference.reachabilityFence(others);
    Reference.reachabilityFence(viewed);
  }

  @Test
  void aViewKeepsABlockThatNobodyHas() {
    MemorySegment view = viewOfGarbage();
    assertTrue(view.isReadOnly());
    for (int i = 0; i < 40; i++) {
      write(1);
    }
    writer.makeRoom(0, false);
    assertEquals(SIZE + 64, writer.used());
    assertEquals(6, view.get(ValueLayout.JAVA_BYTE, SIZE - 9));
    Reference.reachabilityFence(view);
    view = null;
    write(1);
    writer.makeRoom(0, false);
    assertEquals(0, writer.used());
  }

  private MemorySegment viewOfGarbage() {
    return write(6).view(8);
  }

  @Test
  void interruptsHurtNoView() {
    Block block = write(5);
    for (int i = 0; i < 5; i++) {
      Thread.currentThread().interrupt();
      assertEquals(5, block.view(1).get(ValueLayout.JAVA_BYTE, 0));
      assertTrue(Thread.interrupted());
      assertEquals(5, block.view(2).get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @Test
  void whatIsLargerThanTheArenaIsInAFile() {
    Block block = writer.store(20 << 20, 0, to -> to.fill((byte) 4));
    assertTrue(block.isSpilled());
    assertEquals(4, first(block));
    assertEquals(4, block.view(20_000_000).get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void aFullDiskIsToldWithTheSizesAndNothingIsLost() throws IOException {
    Block block = write(8);
    Files.delete(spilled);
    String message =
        assertThrows(ObjectStoreFullException.class, () -> writer.store(20 << 20, 0, to -> {}))
            .getMessage();
    assertTrue(message.contains("bytes=20971520, objectStoreMemory=16777216"), message);
    assertTrue(message.contains(spilled.toString()), message);
    assertTrue(message.contains("Ray.free"), message);
    Files.createDirectory(spilled);
    assertEquals(8, first(block));
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
    regions.died("w1", List.of("w2"));
    reader.table().died("w1");
    assertEquals(before, regions.free());
    Reference.reachabilityFence(held);
    held = null;
    System.gc();
    assertEquals("unread w1", told.take());
    assertEquals(16L << 20, regions.free());
  }

  @Test
  void whatIsFreeForLongIsGivenBackButForWhatIsKept() {
    Block kept = writeOneOfTen();
    int before = freed.get();
    // Nine blocks of garbage: of the second and the third step all is free.
    writer.makeRoom(0, false);
    assertEquals(before + 9, freed.get());
    writer.giveBackOld(4 << 20);
    assertEquals(0, regions.free());
    writer.giveBackOld(4 << 20);
    // The fourth has no pages.
    assertEquals(8L << 20, regions.free());
    writer.giveBackOld(0);
    assertEquals(12L << 20, regions.free());
    assertEquals(3, first(kept));
    assertEquals(SIZE + 64, writer.used());
    // All of it can be had again: three of these for each step.
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      blocks.add(write(i));
    }
    assertFalse(blocks.getFirst().isSpilled());
    assertFalse(blocks.getLast().isSpilled());
    assertEquals(3, first(kept));
    Reference.reachabilityFence(blocks);
  }

  private Block writeOneOfTen() {
    Block first = write(3);
    for (int i = 0; i < 9; i++) {
      write(4);
    }
    return first;
  }

  @Test
  void whatIsUsedNowAndThenIsNotGivenBack() {
    Block kept = writeOneOfTen();
    writer.makeRoom(0, false);
    for (int i = 0; i < 5; i++) {
      writer.giveBackOld(0);
      writeOneOfTen();
      writer.makeRoom(0, false);
    }
    // Nothing but the fourth step, which was not.
    assertEquals(4L << 20, regions.free());
    Reference.reachabilityFence(kept);
  }

  @Test
  void aReaderThatDiesPinsNothing() {
    readAndForgetByTheWriter();
    writer.makeRoom(0, false);
    assertEquals(SIZE + 64, writer.used());
    assertTrue(writer.table().concerns("w2"));
    writer.table().died("w2");
    assertEquals(0, writer.used());
  }

  @Test
  void whatIsNotInTheArenaIsRefused() {
    for (long at : new long[] {0, 20L << 20, (20L << 20) - 9}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> reader.table().arrived(new BlockAddress("w1", "w1", at, 10)));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> reader.table().arrived(new BlockAddress("w1", "w1", 5L << 20, -1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> reader.table().arrived(new BlockAddress("w2", "w2", 5L << 20, 10)));
  }
}
