package org.rayshell.runtime.dashboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

/** {@code /api/v1/workers}: the worker processes, those that live first. Thread-safe. */
final class WorkerList {
  private final ClusterView view;
  private final Host host;

  WorkerList(ClusterView view, Host host) {
    this.view = view;
    this.host = host;
  }

  Object answer(Query query) {
    return Page.of("workers", rows(), query, row -> row);
  }

  /** A worker; times as in {@link TaskRow}. */
  record Row(
      String id,
      long pid,
      String state,
      String function,
      String task,
      long tasks,
      double busy,
      long cpuNs,
      long upNs,
      long memoryBytes,
      BigDecimal startedAt,
      BigDecimal endedAt,
      String exit) {}

  /** All of them. */
  List<Row> rows() {
    long now = view.now();
    Map<Long, TaskInfo> current = new HashMap<>();
    for (TaskInfo task : view.ranSince(now)) {
      if (task.state() == TaskState.RUNNING) {
        current.merge(task.workerPid(), task, (a, b) -> a.started() > b.started() ? a : b);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (WorkerInfo info : view.workers()) {
      rows.add(row(info, current.get(info.pid()), now));
    }
    rows.sort(Comparator.comparing((Row row) -> row.state().equals("dead")));
    return rows;
  }

  private Row row(WorkerInfo info, TaskInfo current, long now) {
    boolean dead = info.state() == WorkerInfo.State.DEAD;
    long up = Math.max(0, (info.ended() != 0 ? info.ended() : now) - info.started());
    boolean works = current != null && info.currentTask() != null;
    long busy = info.busyNs() + (works ? current.ranNs(now) : 0);
    return new Row(
        info.workerId(),
        info.pid(),
        info.state().name().toLowerCase(Locale.ROOT),
        Words.cut(info.currentTask(), TaskRow.LONGEST_NAME),
        works ? current.taskId() : null,
        info.tasksDone(),
        Math.min(1, busy / (double) Math.max(1, up)),
        info.cpuNs() + (works ? current.cpuNs() : 0),
        up,
        dead ? 0 : host.residentBytes(info.pid()),
        Words.time(info.started()),
        Words.time(info.ended()),
        info.exit());
  }
}
