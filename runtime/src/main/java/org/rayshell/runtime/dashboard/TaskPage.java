package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.LogLine;
import org.rayshell.runtime.view.TaskAttempt;
import org.rayshell.runtime.view.TaskDetail;
import org.rayshell.runtime.view.TaskInfo;

/** {@code /api/v1/tasks/ID}: all that is known of one task. Thread-safe. */
final class TaskPage {
  private static final int OUTPUT_LINES = 50;
  private static final int LONGEST_TEXT = 20_000;
  private static final int LONGEST_LINE = 1_000;

  private final ClusterView view;

  TaskPage(ClusterView view) {
    this.view = view;
  }

  Reply answer(String id) {
    return view.task(id)
        .map(detail -> Reply.list(json(detail)))
        .orElseGet(() ->
            Reply.error(
                404,
                "no_such_task",
                "no such task is listed, for it never was or is one of the older ones that were"
                    + " dropped: id="
                    + Words.cut(id, 80)));
  }

  private Object json(TaskDetail detail) {
    TaskInfo task = detail.task();
    Map<String, Object> json = Json.object();
    Json.tree(TaskRow.of(task, view, view.now()))
        .getAsJsonObject()
        .entrySet()
        .forEach(each -> json.put(each.getKey(), each.getValue()));
    json.put("cellPage", view.cellPage(task.cell()).orElse(null));
    json.put("object", task.objectId());
    json.put("parent", task.parentTaskId());
    json.put("owner", task.ownerPid());
    json.put("numCpus", task.numCpus());
    json.put("attempts", attempts(detail));
    json.put(
        "arguments",
        detail.arguments().stream().map(each -> Words.cut(each, LONGEST_LINE)).toList());
    json.put("stack", Words.cut(detail.trace(), LONGEST_TEXT));
    List<LogLine> lines =
        view.output(line -> line.taskId().equals(task.taskId()), 0, OUTPUT_LINES).lines();
    json.put("output", lines.stream().map(LogList::line).toList());
    return json;
  }

  /** Those that failed, and the one that runs or made the result. */
  private List<Object> attempts(TaskDetail detail) {
    List<Object> attempts = new ArrayList<>();
    boolean last = false;
    for (TaskAttempt each : detail.failures()) {
      attempts.add(
          attempt(
              each.number(),
              each.workerPid(),
              each.started(),
              each.ended(),
              each.cpuNs(),
              Words.cut(each.error(), LONGEST_LINE)));
      last |= each.number() == detail.task().attempt();
    }
    TaskInfo task = detail.task();
    if (!last && task.started() != 0) {
      attempts.add(
          attempt(
              task.attempt(),
              task.workerPid(),
              task.started(),
              task.ended(),
              task.cpuNs(),
              Words.cut(task.error(), LONGEST_LINE)));
    }
    return attempts;
  }

  private Object attempt(
      int number, long worker, long started, long ended, long cpuNs, String error) {
    return Json.object(
        "number",
        number,
        "worker",
        worker == 0 ? null : worker,
        "startedAt",
        Words.time(started),
        "endedAt",
        Words.time(ended),
        "ranNs",
        started == 0 ? 0 : Math.max(0, (ended != 0 ? ended : view.now()) - started),
        "cpuNs",
        cpuNs,
        "error",
        error);
  }
}
