package org.rayshell.kernel.bridge;

import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.DriverHooks;
import org.rayshell.runtime.code.CodeSource;

/** What a notebook adds to a driver: its code, its cells, and where tasks' output goes. */
final class NotebookHooks implements DriverHooks {
  private static final String CYAN = "\u001b[36m";
  private static final String END = "\u001b[0m";

  private final CodeSource code;
  private final CellRecords cells;

  NotebookHooks(CodeSource code, CellRecords cells) {
    this.code = code;
    this.cells = cells;
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
  public void taskOutput(TaskOutput output) {
    CellRecord record = cells.get(output.cell());
    Cell cell = record == null ? CurrentCell.get() : record.cell();
    if (cell != null) {
      cell.stream(output.stderr(), line(output));
    }
  }

  /** {@code (slowFunction pid=123) text}, who printed it in colour. */
  static String line(TaskOutput output) {
    return CYAN
        + "("
        + output.function()
        + " pid="
        + output.pid()
        + ")"
        + END
        + " "
        + output.line()
        + "\n";
  }

  @Override
  public void blocked(boolean begins) {
    CellRecord record = cells.get(currentCell());
    if (record != null) {
      record.blocked(begins);
    }
  }
}
