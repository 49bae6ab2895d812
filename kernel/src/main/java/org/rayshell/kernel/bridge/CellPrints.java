package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.rayshell.kernel.display.Ansi;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.DriverHooks.TaskOutput;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.ClusterView;

/**
 * What the tasks of one cell print: at most 20 messages a second and 1000 lines; of what comes then
 * only the number is shown, since pages need very long for more. All of it is in the workers' logs.
 * While the cell runs, lines that are alike are folded over seconds. Once it has ended nothing is
 * held back for longer than a message, unless nobody would hear it: then until the next cell runs.
 * Times are {@link System#nanoTime}'s. Belongs to {@link TaskPrints}' lock.
 */
final class CellPrints {
  static final int MOST_LINES = 1_000;
  private static final long GAP_NS = 50_000_000L;
  private static final long COUNT_GAP_NS = 500_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  private final CellRecord record;
  private final CellRecords cells;
  private final Supplier<String> note;
  private final RepeatFold fold = new RepeatFold();
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  private long sendAt;
  private int lines;
  private long more;
  private long moreShown;
  private long countAt;

  /**
   * Nothing printed.
   *
   * @param record of the cell
   * @param cells that cell and the others
   * @param note what is said of folding, behind the first folded line
   */
  CellPrints(CellRecord record, CellRecords cells, Supplier<String> note, long now) {
    this.record = record;
    this.cells = cells;
    this.note = note;
    this.sendAt = now;
    this.countAt = now;
  }

  /** A task has printed a line; {@code folding} says whether those that are alike are counted. */
  void add(TaskOutput output, boolean folding, long now) {
    if (lines == MOST_LINES) {
      more++;
    } else {
      take(folding ? fold.add(output, now) : List.of(new RepeatFold.Line(output, 1)));
    }
  }

  private void take(List<RepeatFold.Line> shown) {
    for (RepeatFold.Line each : shown) {
      if (lines == MOST_LINES) {
        more += each.repeated();
      } else {
        lines++;
        (each.output().stderr() ? err : out)
            .append(text(each, each.repeated() > 1 ? note.get() : ""));
      }
    }
  }

  static String text(RepeatFold.Line line, String note) {
    String repeated =
        line.repeated() == 1
            ? ""
            : " " + Ansi.in(Ansi.BOLD, "[repeated " + line.repeated() + "x across cluster]") + note;
    return label(line.output()) + " " + line.output().line() + repeated + "\n";
  }

  /** {@code (slowFunction pid=123)}, who prints. */
  static String label(TaskOutput output) {
    return Ansi.in(Ansi.BOLD, "(" + output.function() + " pid=" + output.pid() + ")");
  }

  /**
   * Shows what is due.
   *
   * @param all whether the lines are due, however soon
   * @param last whether the number of those that are not shown is due, too
   */
  void send(long now, boolean all, boolean last) {
    Cell under = cells.hears(record);
    if (under == null) {
      return;
    }
    boolean due = all || now - sendAt >= 0;
    if (!record.isOver()) {
      take(all ? fold.flush() : fold.expired(now));
    } else if (due) {
      take(fold.close());
    }
    boolean counts = more != moreShown && (last || moreShown == 0 || now - countAt >= 0);
    // The number stands below the lines.
    if (due || counts) {
      int messages = write(under, false, out) + write(under, true, err);
      sendAt = now + messages * GAP_NS;
    }
    if (counts) {
      countAt = now + COUNT_GAP_NS;
      showMore(under);
    }
  }

  private static int write(Cell under, boolean stderr, StringBuilder text) {
    if (text.isEmpty()) {
      return 0;
    }
    String whole = text.toString();
    text.setLength(0);
    under.stream(stderr, whole);
    return 1;
  }

  /** Whether something is yet to be shown. */
  boolean holds(long now) {
    return !out.isEmpty() || !err.isEmpty() || more != moreShown || fold.due(now) != NEVER;
  }

  /** In how many nanoseconds something is to be shown; for ever if nobody knows yet. */
  long due(long now) {
    if (cells.hears(record) == null) {
      return NEVER;
    }
    long wait = NEVER;
    boolean late = record.isOver() && fold.due(now) != NEVER;
    if (late || !out.isEmpty() || !err.isEmpty()) {
      wait = Math.max(0, sendAt - now);
    }
    if (more != moreShown) {
      wait = Math.min(wait, Math.max(0, countAt - now));
    }
    return Math.min(wait, fold.due(now));
  }

  /** {@code ... 8,212 more lines: Dashboard, Logs}, where the number grows. */
  private void showMore(Cell under) {
    String id = "ray-lines-" + record.cell().count();
    String count = String.format(Locale.ROOT, "... %,d more line%s: ", more, more == 1 ? "" : "s");
    String logs =
        Runtimes.view()
            .flatMap(ClusterView::dashboardUrl)
            .map(url -> DashboardLinks.of(url).logs())
            .orElse(null);
    String html =
        Html.muted(count)
            + (logs == null
                ? Html.muted("in the logs of the workers")
                : Html.link("", logs, "Dashboard, Logs"));
    MimeBundle bundle =
        MimeBundle.html(
            Html.fragment(html),
            count
                + (logs == null ? "in the logs of the workers" : "Dashboard, Logs (" + logs + ")"));
    if (moreShown == 0) {
      under.display(bundle, id);
    } else {
      under.updateDisplay(bundle, id);
    }
    moreShown = more;
  }
}
