package org.rayshell.kernel.bridge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceText;
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
  private final CellTrace trace;
  private final Map<Stream, TraceText> traces = new ConcurrentHashMap<>();

  private record Stream(long pid, boolean stderr) {}

  NotebookHooks(CodeSource code, CellRecords cells, CellTrace trace) {
    this.code = code;
    this.cells = cells;
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
  public void taskOutput(TaskOutput output) {
    CellRecord record = cells.get(output.cell());
    Cell cell = record == null ? CurrentCell.get() : record.cell();
    TraceText traces =
        this.traces.computeIfAbsent(
            new Stream(output.pid(), output.stderr()), _ -> new TraceText(trace));
    String text = traces.line(output.line());
    if (cell != null && text != null) {
      boolean coloured = record == null || record.colourNext();
      cell.stream(output.stderr(), label(output, coloured) + " " + text + "\n");
    }
  }

  /** {@code (slowFunction pid=123)}, who prints. */
  static String label(TaskOutput output, boolean coloured) {
    String label = "(" + output.function() + " pid=" + output.pid() + ")";
    return coloured ? CYAN + label + END : label;
  }

  @Override
  public String trace(String text) {
    return new TraceText(trace).translate(text);
  }

  @Override
  public void blocked(boolean begins) {
    CellRecord record = cells.get(currentCell());
    if (record != null) {
      record.blocked(begins);
    }
  }
}
