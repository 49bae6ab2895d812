package org.rayshell.kernel.bridge;

import org.rayshell.kernel.magic.CellReporter;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Runtimes;

/** Shows where the time of cells went. Thread-safe. */
final class CellReports implements CellReporter {
  private final CellRecords cells;

  CellReports(CellRecords cells) {
    this.cells = cells;
  }

  @Override
  public void report(Cell cell) {
    CellRecord record = cells.get(cell.label());
    if (record != null && record.begin() != 0) {
      show(cell, record);
    }
  }

  /** Shows under a cell what there is to say of that or of another. */
  void show(Cell under, CellRecord record) {
    CellReport report = CellReport.of(record, Runtimes.view().orElse(null));
    if (under == record.cell()) {
      record.progress().hide();
    }
    under.display(MimeBundle.html(new ReportHtml(report).html(), ReportText.of(report)), null);
  }
}
