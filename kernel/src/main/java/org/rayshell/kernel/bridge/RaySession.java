package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.ResourceMap;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.eval.RefStream;
import org.rayshell.kernel.magic.CellReporter;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.kernel.magic.ProcessTimes;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.Progress;

/** The runtime as the kernel uses it: code, cells, views, magics. Thread-safe. */
public final class RaySession implements AutoCloseable {
  private static final int MOST_OF_STREAM = 10_000;

  private final CellRecords cells;
  private final CellReports reports;
  private final TaskPrints prints;
  private final CellFrames frames;
  private volatile ClusterView lastView;

  /** Makes drivers that are started from now on ship the evaluator's code. */
  public RaySession(
      Evaluator java, LiveDisplays displays, NotebookAddress notebook, LongSupplier frontEnds) {
    cells = new CellRecords(displays);
    reports = new CellReports(cells);
    prints = new TaskPrints(java.trace(), cells);
    frames = new CellFrames(java.trace(), java::sourceLine);
    Runtimes.install(
        new NotebookHooks(new SnippetCode(java), cells, prints, java.trace(), notebook, frontEnds));
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
      // As long as it counts as running: what was printed for earlier cells may go under it.
      prints.flushAll();
      record.leave(failed);
    }
    // Not before the first cell, which would wait for it.
    ProcessTimes.prepare();
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
    Progress progress = view.progress(cell.label());
    int tasks = progress.all() - progress.done();
    if (tasks == 0) {
      return "";
    }
    String go =
        tasks == 1
            ? " task that it submitted goes on (%ray cancel ends it)"
            : " tasks that it submitted go on (%ray cancel ends them)";
    return "; " + String.format(Locale.ROOT, "%,d", tasks) + go;
  }

  /** What shows the value, if it is one of the runtime's; otherwise null. */
  public Fragment fragment(Object value) {
    // Of a session that has ended, its refs still know what became of them.
    ClusterView view = Runtimes.view().orElse(lastView);
    lastView = view;
    // No switch on a type, which makes a class when it is first come by, before there is a session.
    if (view == null && !(value instanceof RayContext || value instanceof RefStream)) {
      return null;
    }
    return switch (value) {
      case null -> null;
      case RayContext context -> new ContextFragment(context);
      case ResourceMap map -> new ResourceFragment(map, view);
      case RefStream(Stream<?> stream) -> fragment(refs(stream));
      case ObjectRefGenerator<?> generator -> new GeneratorFragment(generator, view);
      default ->
          RefList.of(value)
              .map(refs -> fragment(refs, view))
              .or(() -> NodesFragment.of(value, view))
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

  /** What the stream gives, which submits its tasks; at most so many, since it may have no end. */
  private static List<Object> refs(Stream<?> stream) {
    List<Object> refs = new ArrayList<>();
    try (stream) {
      stream.limit(MOST_OF_STREAM).forEachOrdered(refs::add);
    }
    if (refs.size() == MOST_OF_STREAM) {
      System.err.printf(
          Locale.ROOT,
          "the stream was run as far as its first %,d refs; .toList() runs all of it%n",
          MOST_OF_STREAM);
    }
    return refs;
  }

  /** Adds the magics that need the runtime. */
  public void register(Magics magics) {
    magics.register(new RayMagic(cells, reports, frames));
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
