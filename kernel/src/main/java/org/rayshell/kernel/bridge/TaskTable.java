package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Map;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.TaskInfo;

/** Tasks as {@code %ray tasks} shows them, a row each. */
final class TaskTable {
  private static final int BRIEF = 8;

  private TaskTable() {}

  /**
   * The table.
   *
   * @param waits why those wait that do, by their objects' ids
   * @param dashboard where each has a page; null if nowhere
   * @param now epoch nanoseconds
   */
  static Sheet of(
      List<TaskInfo> tasks, Map<String, String> waits, DashboardLinks dashboard, long now) {
    Sheet sheet =
        new Sheet()
            .text("task")
            .text("function")
            .text("cell")
            .text("state")
            .number("worker")
            .number("queued")
            .number("ran")
            .number("CPU")
            .number("attempts")
            .words("");
    for (TaskInfo task : tasks) {
      boolean began = task.started() != 0;
      sheet.row(
          new Sheet.Field(
              task.taskId().substring(0, BRIEF),
              RefHtml.task(task, task.taskId().substring(0, BRIEF), dashboard)),
          Sheet.of(Html.cut(task.function())),
          task.cell() == null ? Sheet.NONE : Sheet.of(task.cell()),
          new Sheet.Field(Shown.of(task).word, Shown.of(task).html()),
          began ? Sheet.of(String.valueOf(task.workerPid())) : Sheet.NONE,
          Sheet.of(Amounts.duration(task.queuedNs(now))),
          began ? Sheet.of(Amounts.duration(task.ranNs(now))) : Sheet.NONE,
          began && RefTable.hasCpu(task) ? Sheet.of(Amounts.duration(task.cpuNs())) : Sheet.NONE,
          Sheet.of(attempts(task)),
          why(task, waits.get(task.objectId())));
    }
    return sheet;
  }

  private static String attempts(TaskInfo task) {
    return task.maxRetries() < 0
        ? String.valueOf(task.attempt())
        : task.attempt() + " of " + (1 + task.maxRetries());
  }

  private static Sheet.Field why(TaskInfo task, String waits) {
    if (task.error() != null) {
      return new Sheet.Field(Html.cut(task.error()), RefHtml.error(task));
    }
    return waits == null ? Sheet.of("") : new Sheet.Field(waits, Html.muted(Html.escape(waits)));
  }
}
