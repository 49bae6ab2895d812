package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;

/** The latest tasks as {@code %ray tasks} shows them. */
final class TaskTable {
  private static final int MOST = 20;
  private static final List<String> HEADS =
      List.of("task", "function", "cell", "state", "worker", "queue", "CPU", "wall", "attempts");

  private TaskTable() {}

  private static List<TaskInfo> latest(ClusterView view) {
    List<TaskInfo> all = view.tasks();
    return all.subList(Math.max(0, all.size() - MOST), all.size()).reversed();
  }

  private static List<String> cells(TaskInfo task, long now) {
    boolean began = task.started() != 0;
    List<String> cells = new ArrayList<>();
    cells.add(task.taskId().substring(0, 8));
    cells.add(Html.cut(task.function()));
    cells.add(task.cell() == null ? "" : task.cell());
    cells.add(Shown.of(task).word);
    cells.add(began ? String.valueOf(task.workerPid()) : "-");
    cells.add(Amounts.duration(task.queuedNs(now)));
    cells.add(began ? Amounts.duration(task.cpuNs()) : "-");
    cells.add(began ? Amounts.duration(task.ranNs(now)) : "-");
    cells.add(
        task.maxRetries() < 0
            ? String.valueOf(task.attempt())
            : task.attempt() + " of " + (1 + task.maxRetries()));
    return cells;
  }

  static String text(ClusterView view) {
    long now = view.now();
    List<List<String>> rows = new ArrayList<>(List.of(HEADS));
    latest(view).forEach(task -> rows.add(cells(task, now)));
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        boolean number = i >= 4;
        line.append(("%" + (number ? "" : "-") + width + "s  ").formatted(row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.append(rest(view)).toString().stripTrailing();
  }

  static String html(ClusterView view) {
    long now = view.now();
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < HEADS.size(); i++) {
      head.append(Html.th(i >= 4, HEADS.get(i)));
    }
    StringBuilder body = new StringBuilder();
    for (TaskInfo task : latest(view)) {
      List<String> cells = cells(task, now);
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        String text = Html.escape(cells.get(i));
        row.append(
            Html.td(
                i >= 4,
                switch (i) {
                  case 0 -> "<code style=\"background:none;padding:0\">" + text + "</code>";
                  case 3 ->
                      Shown.of(task).html()
                          + (task.error() == null ? "" : " " + RefHtml.error(task));
                  default -> text;
                }));
      }
      body.append(Html.tr(row.toString()));
    }
    return Html.fragment(
        Html.table(head.toString(), body.toString()) + Html.muted(Html.escape(rest(view))));
  }

  private static String rest(ClusterView view) {
    long all = view.tasks().size() + view.tasksDropped();
    long more = all - Math.min(MOST, view.tasks().size());
    return all == 0 ? "no tasks yet" : more > 0 ? more + " older tasks are not shown" : "";
  }
}
