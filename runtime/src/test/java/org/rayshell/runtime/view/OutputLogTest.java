package org.rayshell.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;

/** What is kept of what tasks print, and that it is bounded. */
class OutputLogTest {
  private final OutputLog log = new OutputLog();

  private void print(long task, String text) {
    log.add(1, 201, new ObjectId(task, 1, 1), "f", "In [1]", false, text);
  }

  @Test
  void theLatestLinesAreKeptAndTheRestCounted() {
    for (int i = 1; i <= OutputLog.MOST_LINES + 5; i++) {
      print(i, "line " + i);
    }
    LogPage page = log.page(_ -> true, 0, 3);
    assertEquals("line 10005", page.lines().getLast().text());
    assertEquals(10_003, page.lines().getFirst().number());
    assertEquals(10_005, page.last());
    assertEquals(5, page.dropped());
  }

  @Test
  void longLinesAreCutAndManyOfThemTakeNoMoreRoom() {
    for (int i = 0; i < 2_000; i++) {
      print(i, "x".repeat(100_000));
    }
    LogPage page = log.page(_ -> true, 0, Integer.MAX_VALUE);
    assertEquals(OutputLog.LONGEST_LINE + 1, page.lines().getFirst().text().length());
    assertTrue(page.lines().size() <= OutputLog.MOST_CHARS / OutputLog.LONGEST_LINE);
  }

  @Test
  void whoFollowsGetsWhatCameSince() {
    print(1, "a");
    print(2, "b");
    long last = log.page(_ -> true, 0, 10).last();
    assertEquals(0, log.page(_ -> true, last, 10).lines().size());
    print(1, "c");
    LogPage page = log.page(line -> line.text().equals("c"), last, 10);
    assertEquals(new ObjectId(1, 1, 1).taskId(), page.lines().getFirst().taskId());
  }
}
