package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.LogLine;
import org.rayshell.runtime.view.LogPage;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * {@code /api/v1/logs}: what tasks printed, of all, of a worker or of a task, and what a worker's
 * process said itself. Thread-safe.
 */
final class LogList {
  private static final int STANDARD_LIMIT = 500;
  private static final int HIGHEST_LIMIT = 1_000;

  private final ClusterView view;

  LogList(ClusterView view) {
    this.view = view;
  }

  Reply answer(Query query) {
    String worker = query.given("worker");
    String file = query.choice("file", List.of("out", "err", "jvm"));
    if (file != null) {
      return ofProcess(worker, file);
    }
    int limit = query.number("limit", STANDARD_LIMIT, 1, HIGHEST_LIMIT);
    int after = query.number("after", 0, 0, Integer.MAX_VALUE);
    LogPage page = view.output(wanted(query), after, limit);
    // The latest are worth more, if all are too many.
    List<Object> lines = new ArrayList<>();
    int bytes = 0;
    for (LogLine line : page.lines().reversed()) {
      Map<String, Object> json = line(line);
      bytes += Json.bytes(json) + 1;
      if (bytes > Page.MOST_BYTES && !lines.isEmpty()) {
        break;
      }
      lines.add(json);
    }
    Collections.reverse(lines);
    return Reply.list(Json.object("lines", lines, "last", page.last(), "dropped", page.dropped()));
  }

  private Predicate<LogLine> wanted(Query query) {
    String worker = query.given("worker");
    Long pid = worker == null ? null : worker(worker).pid();
    String id = query.given("task");
    String task =
        id == null
            ? null
            : ObjectId.parse(id)
                .orElseThrow(
                    () -> new Query.BadRequest("a task's id has 48 or 56 hex digits: task=" + id))
                .taskId();
    String text = query.given("q");
    String part = text == null ? null : text.toLowerCase(Locale.ROOT);
    return line ->
        (pid == null || pid == line.workerPid())
            && (task == null || task.equals(line.taskId()))
            && (part == null
                || Words.contains(line.text(), part)
                || Words.contains(line.function(), part));
  }

  private WorkerInfo worker(String pidOrId) {
    return view.workers().stream()
        .filter(
            each -> each.workerId().equals(pidOrId) || Long.toString(each.pid()).equals(pidOrId))
        .findFirst()
        .orElseThrow(() ->
            new Query.BadRequest(
                "there is no such worker; /api/v1/workers lists them by pid: worker=" + pidOrId));
  }

  private Reply ofProcess(String pidOrId, String file) {
    if (pidOrId == null) {
      throw new Query.BadRequest("a file is a worker's: say worker=PID beside file=" + file);
    }
    WorkerInfo worker = worker(pidOrId);
    String name = worker.workerId() + "." + file;
    LogTail tail = LogTail.of(view.sessionDir().resolve("logs").resolve(name));
    List<Object> lines = new ArrayList<>();
    for (String line : tail.lines()) {
      lines.add(Json.object("worker", worker.pid(), "stderr", file.equals("err"), "text", line));
    }
    return Reply.list(
        Json.object(
            "lines", lines, "file", name, "bytes", tail.fileBytes(), "cutBytes", tail.cutBytes()));
  }

  /** What is sent of a line. */
  static Map<String, Object> line(LogLine line) {
    return Json.object(
        "number", line.number(),
        "at", Words.time(line.at()),
        "worker", line.workerPid(),
        "task", line.taskId(),
        "function", Words.cut(line.function(), TaskRow.LONGEST_NAME),
        "cell", line.cell(),
        "stderr", line.stderr(),
        "text", Words.cut(line.text(), 1_000));
  }
}
