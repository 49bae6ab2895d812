package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Awaited;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.Wait;
import org.rayshell.runtime.view.ClusterView;

/**
 * The lines that tell how far a cell's waits are: one for each list, and one for all single refs
 * and items that are waited for one after the other. Nothing is shown of what takes less than half
 * a second. Thread-safe: its own lock, under which nothing is published.
 */
final class CellProgress {
  static final long PATIENCE_NS = 500_000_000L;

  private final Cell cell;
  private final LiveDisplays displays;
  private final List<ProgressFragment> shown = new ArrayList<>();

  /** Of the single ones; null before the first is shown. */
  private ProgressFragment series;

  private long began;
  private long waited;
  private long ended;
  private boolean hidden;

  CellProgress(Cell cell, LiveDisplays displays) {
    this.cell = cell;
    this.displays = displays;
  }

  /** A thread of the cell begins to wait. */
  Wait begins(Awaited what) {
    return switch (what.kind()) {
      case ROOM -> Wait.UNSEEN;
      case GET, WAIT -> what.refs().size() == 1 ? new OneOfSeries(what) : new OfList(what);
      case ITEM -> new OneOfSeries(what);
    };
  }

  /** A list is waited for. */
  private final class OfList implements Wait {
    private final Awaited what;
    private final long since = System.nanoTime();
    private ProgressFragment fragment;

    OfList(Awaited what) {
      this.what = what;
    }

    @Override
    public long patienceNs() {
      return PATIENCE_NS;
    }

    @Override
    public void goesOn() {
      Runtimes.view()
          .filter(view -> !isOnDisplay(what.refs(), view))
          .ifPresent(view -> {
            List<? extends ObjectRef<?>> refs = List.copyOf(what.refs());
            fragment =
                show(
                    new ProgressFragment.Tasks(() -> view.progress(refs), what.count(), view),
                    since);
          });
    }

    @Override
    public void over(boolean interrupted) {
      if (fragment != null) {
        fragment.end(what, System.nanoTime() - since, interrupted);
        displays.refresh(fragment);
      }
    }
  }

  /** One of several single refs or items, one after the other. */
  private final class OneOfSeries implements Wait {
    private final Awaited what;
    private final long since = System.nanoTime();

    OneOfSeries(Awaited what) {
      this.what = what;
    }

    @Override
    public long patienceNs() {
      synchronized (CellProgress.this) {
        if (series == null && since - ended > PATIENCE_NS) {
          began = since;
          waited = 0;
        }
        return series == null ? Math.max(0, PATIENCE_NS - waited) : Long.MAX_VALUE;
      }
    }

    @Override
    public void goesOn() {
      Runtimes.view()
          .ifPresent(view -> {
            ProgressFragment fragment = show(subject(view), began);
            synchronized (CellProgress.this) {
              series = fragment;
            }
          });
    }

    private ProgressFragment.Subject subject(ClusterView view) {
      if (what.kind() == Awaited.Kind.ITEM) {
        return new ProgressFragment.Items(what.function());
      }
      List<? extends ObjectRef<?>> one = List.copyOf(what.refs());
      String submitter = view.ref(one.getFirst()).task().map(task -> task.cell()).orElse(null);
      return new ProgressFragment.Tasks(
          () -> submitter == null ? view.progress(one) : view.progress(submitter), 0, view);
    }

    @Override
    public void over(boolean interrupted) {
      ProgressFragment stopped = null;
      synchronized (CellProgress.this) {
        ended = System.nanoTime();
        waited += ended - since;
        if (interrupted) {
          stopped = series;
        }
      }
      if (stopped != null) {
        stopped.end(what, ended - began, true);
        displays.refresh(stopped);
      }
    }
  }

  private ProgressFragment show(ProgressFragment.Subject subject, long since) {
    ProgressFragment fragment;
    synchronized (this) {
      fragment =
          new ProgressFragment(
              "ray-wait-" + cell.count() + "-" + shown.size(), subject, since, System.nanoTime());
      shown.add(fragment);
    }
    displays.show(cell, fragment);
    return fragment;
  }

  /** Whether the list itself is on display here, and moves. */
  private boolean isOnDisplay(List<? extends ObjectRef<?>> refs, ClusterView view) {
    return RefList.of(refs)
        .map(list -> displays.shows(cell, new RefFragment(list, view).displayId()))
        .orElse(false);
  }

  /** The cell has ended: so has the row of single waits. */
  void end(boolean failed) {
    ProgressFragment last;
    long took;
    synchronized (this) {
      last = series;
      series = null;
      took = ended - began;
    }
    if (last != null) {
      last.end(took, failed);
      displays.refresh(last);
    }
  }

  /** What the cell shows now tells more than these lines. */
  void hide() {
    List<ProgressFragment> all;
    synchronized (this) {
      all = hidden ? List.of() : List.copyOf(shown);
      hidden = true;
      series = null;
    }
    for (ProgressFragment each : all) {
      each.hide();
      displays.refresh(each);
      cell.updateDisplay(MimeBundle.html("", ""), each.displayId());
    }
  }
}
