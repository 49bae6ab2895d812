package org.rayshell.kernel.bridge;

import java.util.Map;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.LatestMap;

/** The latest cells by name, and what is known of their time. Thread-safe: its own lock. */
final class CellRecords {
  private static final int MOST = 2_000;

  private final Map<String, CellRecord> records = LatestMap.lastPut(MOST);
  private final LiveDisplays displays;
  private CellRecord last;

  CellRecords(LiveDisplays displays) {
    this.displays = displays;
  }

  /** A cell begins. */
  synchronized InvokeListener enter(Cell cell) {
    CellRecord record = new CellRecord(cell, displays);
    records.remove(cell.label());
    records.put(cell.label(), record);
    return new InvokeListener() {
      @Override
      public void before() {
        record.before();
        ran(record);
      }

      @Override
      public void after() {
        record.after();
      }
    };
  }

  private synchronized void ran(CellRecord record) {
    last = record;
  }

  /** The cell of that name; null if it is not known. */
  synchronized CellRecord get(String label) {
    return label == null ? null : records.get(label);
  }

  /**
   * The cell under which the output of a cell's tasks is heard: its own, or if it has ended and
   * nobody is at the front end, the one that runs; null if none does.
   */
  Cell hears(CellRecord record) {
    if (!record.isOver() || record.cell().attended()) {
      return record.cell();
    }
    Cell latest = CurrentCell.latest();
    CellRecord running = latest == null ? null : get(latest.label());
    return running == null || running.isOver() ? null : running.cell();
  }

  /** The latest cell that ran Java; null if none did. */
  synchronized CellRecord last() {
    return last;
  }
}
