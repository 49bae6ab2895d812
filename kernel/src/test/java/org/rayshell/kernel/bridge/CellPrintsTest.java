package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.runtime.DriverHooks.TaskOutput;

/** When lines of a cell's tasks are shown, while it runs and afterwards. */
class CellPrintsTest {
  private static final long MS = 1_000_000L;

  private final CellRecords records = new CellRecords(new LiveDisplays());
  private final FakeCell cell = new FakeCell(7);
  private final CellRecord record = entered(cell);
  private final CellPrints prints = new CellPrints(record, records, () -> "", 0);

  private CellRecord entered(FakeCell begun) {
    records.enter(begun);
    return records.get(begun.label());
  }

  private void print(long pid, String line, long now) {
    prints.add(new TaskOutput(cell.label(), "f", pid, false, line), true, now);
    prints.send(now, false, false);
  }

  /** What was shown since the last look. */
  private List<String> shown() {
    String text = FakeCell.plain(cell.out);
    cell.out.setLength(0);
    return text.lines().map(line -> line.substring(line.indexOf(')') + 2)).toList();
  }

  @Test
  void whatIsFoldedWhileTheCellRunsIsToldBeforeItsIdle() {
    print(1, "slow 0", 0);
    print(2, "slow 1", MS);
    print(3, "slow 2", 2 * MS);
    assertEquals(List.of("slow 0"), shown());
    assertTrue(prints.due(3 * MS) > 4_000 * MS, "within five seconds");
    record.leave(false);
    prints.send(3 * MS, true, true);
    assertEquals(List.of("slow 2 [repeated 2x across cluster]"), shown());
    assertFalse(prints.holds(4 * MS));
  }

  @Test
  void ofWhatComesLateNothingIsHeldBackForLongerThanAMessage() {
    record.leave(false);
    print(1, "late 0", 100 * MS);
    assertEquals(List.of("late 0"), shown());
    print(2, "late 1", 101 * MS);
    print(3, "late 2", 102 * MS);
    print(1, "late 3", 103 * MS);
    assertEquals(List.of(), shown());
    long due = prints.due(103 * MS);
    assertTrue(due <= 50 * MS, due + " ns");
    prints.send(103 * MS + due, false, false);
    assertEquals(List.of("late 1", "late 3 [repeated 2x across cluster]"), shown());
    assertFalse(prints.holds(200 * MS));
  }

  @Test
  void aWindowThatWasOpenWhenTheCellEndedHoldsNothingBack() {
    print(1, "slow 0", 0);
    record.leave(false);
    prints.send(MS, true, true);
    shown();
    print(2, "slow 1", 200 * MS);
    assertEquals(List.of("slow 1"), shown());
  }
}
