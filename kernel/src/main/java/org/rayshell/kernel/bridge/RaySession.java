package org.rayshell.kernel.bridge;

import java.util.Locale;
import java.util.Optional;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.ResourceMap;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.magic.CellReporter;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;

/** The runtime as the kernel uses it: code, cells, views, magics. Thread-safe. */
public final class RaySession implements AutoCloseable {
  private final CellRecords cells;
  private final CellReports reports;
  private final TaskPrints prints;

  /** Makes drivers that are started from now on ship the evaluator's code. */
  public RaySession(Evaluator java, LiveDisplays displays) {
    cells = new CellRecords(displays);
    reports = new CellReports(cells);
    prints = new TaskPrints(java.trace());
    Runtimes.install(new NotebookHooks(new SnippetCode(java), cells, prints));
  }

  /** An evaluator whose classes can be shipped. */
  public static Evaluator evaluator() {
    return SnippetCode.evaluator();
  }

  /** A cell begins; what hears of its invocations. */
  public InvokeListener enter(Cell cell) {
    return cells.enter(cell);
  }

  /** The cell has ended; whether with an error. */
  public void leave(Cell cell, boolean failed) {
    CellRecord record = cells.get(cell.label());
    if (record != null) {
      record.progress().end(failed);
    }
  }

  /** Publishes what tasks have printed and is held back. */
  public void flush() {
    prints.flushAll();
  }

  /** Tells of the cell's tasks that have not ended; empty if there are none. */
  public String goingOn(Cell cell) {
    return Runtimes.view().map(view -> goingOn(cell, view)).orElse("");
  }

  private static String goingOn(Cell cell, ClusterView view) {
    long tasks =
        view.tasks().stream()
            .filter(task -> cell.label().equals(task.cell()) && !task.state().isTerminal())
            .count();
    if (tasks == 0) {
      return "";
    }
    // The view has the latest only.
    String least = view.tasksDropped() > 0 ? "at least " : "";
    String go =
        tasks == 1
            ? " task that it submitted goes on (%ray cancel ends it)"
            : " tasks that it submitted go on (%ray cancel ends them)";
    return "; " + least + String.format(Locale.ROOT, "%,d", tasks) + go;
  }

  /** What shows the value, if it is one of the runtime's; otherwise null. */
  public Fragment fragment(Object value) {
    if (!Ray.displays()) {
      return null;
    }
    Optional<ClusterView> view = Runtimes.view();
    return switch (value) {
      case null -> null;
      case RayContext context -> new ContextFragment(context);
      case ResourceMap map when view.isPresent() -> new ResourceFragment(map, view.get());
      default ->
          view.flatMap(seen -> RefList.of(value).map(refs -> fragment(refs, seen)))
              .or(() -> NodesFragment.of(value))
              .orElse(null);
    };
  }

  private Fragment fragment(RefList refs, ClusterView view) {
    Cell cell = CurrentCell.get();
    CellRecord record = cell == null ? null : cells.get(cell.label());
    if (record != null) {
      record.progress().hide();
    }
    return new RefFragment(refs, view);
  }

  /** Adds the magics that need the runtime. */
  public void register(Magics magics) {
    magics.register(new RayMagic(cells, reports));
  }

  /** Tells where the time of cells went. */
  public CellReporter reporter() {
    return reports;
  }

  /** Ends the runtime, if it is up. */
  @Override
  public void close() {
    try {
      Ray.shutdown();
    } catch (RayException e) {
      System.err.println("the runtime did not end in order: " + e.getMessage());
    } finally {
      prints.close();
    }
  }
}
