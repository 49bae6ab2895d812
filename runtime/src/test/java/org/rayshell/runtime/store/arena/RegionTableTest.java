package org.rayshell.runtime.store.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.testing.FileBlocks;

/** Regions of a real file, and its pages as the system counts them. */
class RegionTableTest {
  private static final long STEP = ArenaFile.STEP_BYTES;

  /** Smaller than any region is usually. */
  private static final long SIZE = 4 * STEP;

  @TempDir Path session;
  private final List<String> forgotten = new ArrayList<>();
  private ArenaFile file;
  private RegionTable regions;

  @BeforeEach
  void start() throws IOException {
    file = ArenaFile.create(session, SIZE, line -> {});
    regions = new RegionTable(file, forgotten::add);
  }

  @AfterEach
  void end() throws IOException {
    file.close();
  }

  private long taken() throws IOException {
    return FileBlocks.bytes(session.resolve("arena"));
  }

  private Region full(String owner) throws IOException {
    Region region = regions.grant(owner, SIZE);
    file.pages().back(region.offset(), region.length());
    file.slice(region.offset(), region.length()).fill((byte) 7);
    return region;
  }

  private int at(long offset) {
    return file.slice(offset, 1).get(ValueLayout.JAVA_BYTE, 0);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere pages stay until the end")
  void pagesThatNobodyHasForLongAreGivenBack() throws IOException {
    long before = taken();
    Region region = full("w1");
    assertEquals(before + SIZE, taken());
    assertEquals(SIZE, regions.backed());
    regions.giveBack("w1", new Region(region.offset() + STEP, 2 * STEP));
    assertFalse(regions.markFree());
    assertEquals(0, regions.removePages());
    assertTrue(regions.markFree());
    assertEquals(2 * STEP, regions.removePages());
    assertEquals(before + 2 * STEP, taken());
    assertEquals(2 * STEP, regions.backed());
    assertFalse(regions.markFree());
    // What is not given back is as it was, and the rest is as new.
    assertEquals(7, at(region.offset() + STEP - 1));
    assertEquals(7, at(region.end() - STEP));
    Region again = regions.grant("w2", 2 * STEP);
    assertEquals(new Region(region.offset() + STEP, 2 * STEP), again);
    file.pages().back(again.offset(), again.length());
    assertEquals(before + SIZE, taken());
    assertEquals(0, at(again.offset()));
  }

  @Test
  void pagesThatAreUsedMeanwhileStay() throws IOException {
    Region region = full("w1");
    regions.giveBack("w1", region);
    regions.markFree();
    regions.giveBack("w2", regions.grant("w2", SIZE));
    assertFalse(regions.markFree());
    assertEquals(0, regions.removePages());
    assertEquals(7, at(region.offset()));
  }

  @Test
  void noPagesAreRemovedOnceSomebodyHasThem() throws IOException {
    Region region = full("w1");
    regions.giveBack("w1", region);
    regions.markFree();
    assertTrue(regions.markFree());
    regions.grant("w2", SIZE);
    assertEquals(0, regions.removePages());
    assertEquals(7, at(region.offset()));
  }

  @Test
  void whatIsNotItsOwnNobodyGivesBack() throws IOException {
    Region region = full("w1");
    regions.giveBack("w2", region);
    for (Region wrong :
        List.of(
            new Region(region.offset() + 1, STEP),
            new Region(region.offset(), STEP - 1),
            new Region(region.offset(), 0),
            new Region(region.offset(), SIZE + STEP),
            new Region(0, 2 * STEP),
            new Region(-STEP, STEP),
            new Region(Long.MAX_VALUE / STEP * STEP, STEP),
            new Region(region.offset(), Long.MAX_VALUE / STEP * STEP))) {
      regions.giveBack("w1", wrong);
    }
    assertEquals(0, regions.free());
    regions.giveBack("w1", new Region(region.offset(), STEP));
    regions.giveBack("w1", new Region(region.offset(), STEP));
    assertEquals(STEP, regions.free());
  }

  @Test
  void whatADeadProcessHadLeftComesBackInOnePiece() throws IOException {
    Region region = full("w1");
    regions.giveBack("w1", new Region(region.offset() + STEP, STEP));
    regions.died("w1", List.of("w2"));
    assertEquals(STEP, regions.free());
    regions.unread("w2", "w1");
    assertEquals(List.of("w1"), forgotten);
    assertEquals(SIZE, regions.free());
    assertEquals(region, regions.grant("w2", SIZE));
  }
}
