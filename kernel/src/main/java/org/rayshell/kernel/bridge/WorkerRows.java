package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Locale;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;

/** Worker processes as a table, at the moment they were asked for. */
final class WorkerRows {
  private static final int MOST = 32;

  private WorkerRows() {}

  /** Those that live. */
  static List<WorkerInfo> alive(ClusterView view) {
    return view.workers().stream().filter(w -> w.state() != WorkerInfo.State.DEAD).toList();
  }

  /** {@code 2 workers}. */
  static String count(List<WorkerInfo> workers) {
    return Amounts.count(workers.size()) + (workers.size() == 1 ? " worker" : " workers");
  }

  /** The table, closed; nothing if there are none. Only for what is final. */
  static String details(List<WorkerInfo> workers) {
    return workers.isEmpty()
        ? ""
        : "<details style=\"margin-top:4px\"><summary style=\"opacity:.68\">"
            + count(workers)
            + "</summary>"
            + table(workers)
            + "</details>";
  }

  private static String table(List<WorkerInfo> workers) {
    StringBuilder rows = new StringBuilder();
    workers.stream().limit(MOST).forEach(each -> rows.append(row(each)));
    return Html.table(
            Html.th(true, "pid")
                + Html.th(false, "state")
                + Html.th(false, "task")
                + Html.th(true, "tasks done")
                + Html.th(true, "CPU time"),
            rows.toString())
        + (workers.size() > MOST ? Html.muted(workers.size() - MOST + " more") : "");
  }

  private static String row(WorkerInfo worker) {
    String task = worker.currentTask();
    return Html.tr(
        Html.td(true, String.valueOf(worker.pid()))
            + Html.td(false, worker.state().name().toLowerCase(Locale.ROOT))
            + Html.td(false, task == null ? "–" : Html.escape(Html.cut(task)))
            + Html.td(true, Amounts.count(worker.tasksDone()))
            + Html.td(true, Amounts.duration(worker.cpuNs())));
  }
}
