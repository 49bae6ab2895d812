package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Map;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.runtime.view.TaskInfo;

/** Tasks as {@code %ray tasks} shows them, a row each. */
final class TaskTable {
  private TaskTable() {}

  /**
   * The table.
   *
   * @param waits why those wait that do, by their objects' ids
   * @param now epoch nanoseconds
   */
  static Sheet of(List<TaskInfo> tasks, Map<String, String> waits, long now) {
    Sheet sheet =
        new Sheet()
            .text("task")
            .text("function")
            .text("cell")
            .text("state")
            .number("worker")
            .number("queue")
            .number("CPU")
            .number("wall")
            .number("attempts")
            .text("");
    for (TaskInfo task : tasks) {
      boolean began = task.started() != 0;
      sheet.row(
          Sheet.code(task.taskId().substring(0, 8)),
          Sheet.of(Html.cut(task.function())),
          Sheet.of(task.cell() == null ? "" : task.cell()),
          new Sheet.Field(Shown.of(task).word, Shown.of(task).html()),
          Sheet.of(began ? String.valueOf(task.workerPid()) : "-"),
          Sheet.of(Amounts.duration(task.queuedNs(now))),
          Sheet.of(began ? Amounts.duration(task.cpuNs()) : "-"),
          Sheet.of(began ? Amounts.duration(task.ranNs(now)) : "-"),
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
