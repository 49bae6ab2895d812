package org.rayshell.kernel.bridge;

import java.util.function.LongSupplier;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceText;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Wait;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.runtime.view.CellPage;

/** What a notebook adds to a driver: its code, its cells, and where tasks' output goes. */
final class NotebookHooks implements DriverHooks {
  private final CodeSource code;
  private final CellRecords cells;
  private final TaskPrints prints;
  private final CellTrace trace;
  private final NotebookAddress notebook;
  private final LongSupplier frontEnds;

  NotebookHooks(
      CodeSource code,
      CellRecords cells,
      TaskPrints prints,
      CellTrace trace,
      NotebookAddress notebook,
      LongSupplier frontEnds) {
    this.code = code;
    this.cells = cells;
    this.prints = prints;
    this.trace = trace;
    this.notebook = notebook;
    this.frontEnds = frontEnds;
  }

  @Override
  public CodeSource codeSource() {
    return code;
  }

  @Override
  public String currentCell() {
    Cell cell = CurrentCell.get();
    return cell == null ? null : cell.label();
  }

  @Override
  public String callPlace() {
    CellRecord record = cells.get(currentCell());
    return record == null ? null : record.calls().find(trace);
  }

  @Override
  public boolean showsAllFrames() {
    return trace.showsAll();
  }

  @Override
  public CellPage cellPage(String label) {
    CellRecord record = cells.get(label);
    return record == null
        ? null
        : notebook
            .page(record.cell().id())
            .map(page -> new CellPage(page.server(), page.path()))
            .orElse(null);
  }

  @Override
  public long frontEnds() {
    return frontEnds.getAsLong();
  }

  @Override
  public void taskOutput(TaskOutput output) {
    prints.print(output, cells.get(output.cell()));
  }

  @Override
  public String trace(String text) {
    return new TraceText(trace).translate(text);
  }

  @Override
  public Wait waits(Awaited what) {
    CellRecord record = cells.get(currentCell());
    return record == null ? Wait.UNSEEN : record.waits(what);
  }

  @Override
  public void answers() {
    prints.flush();
  }

  @Override
  public void unasked(String label, String function, String error) {
    CellRecord record = cells.get(label);
    if (record != null) {
      record.cell().stream(
          true,
          function
              + " failed, and nobody has asked for its result: "
              + error
              + " (Ray.get of its ref tells more; said once for each function of a cell)\n");
    }
  }
}
