package org.rayshell.kernel.bridge;

import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceText;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.Wait;
import org.rayshell.runtime.code.CodeSource;

/** What a notebook adds to a driver: its code, its cells, and where tasks' output goes. */
final class NotebookHooks implements DriverHooks {
  private final CodeSource code;
  private final CellRecords cells;
  private final TaskPrints prints;
  private final CellTrace trace;

  NotebookHooks(CodeSource code, CellRecords cells, TaskPrints prints, CellTrace trace) {
    this.code = code;
    this.cells = cells;
    this.prints = prints;
    this.trace = trace;
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
