package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;

/**
 * {@code /api/v1/tasks}: the tasks that pass a filter, in an order. Thread-safe.
 *
 * <p>Without {@code sort}, what needs a look comes first: the latest failures, what runs, what is
 * next in the queue, what ended last. {@code sort=-ran} is by falling run time.
 */
final class TaskList {
  /** So many of the failed ones come before what runs; the others after it. */
  private static final int FAILED_FIRST = 5;

  private static final int QUEUED_FIRST = 3;

  private final ClusterView view;

  TaskList(ClusterView view) {
    this.view = view;
  }

  Object answer(Query query) {
    long now = view.now();
    List<TaskInfo> all = view.tasks();
    List<TaskInfo> matching = new ArrayList<>();
    Filter filter = Filter.of(query);
    for (TaskInfo task : all) {
      if (filter.passes(task)) {
        matching.add(task);
      }
    }
    return Page.of(
        "tasks",
        sorted(matching, query.first("sort"), now),
        query,
        task -> TaskRow.of(task, view, now),
        "listed",
        all.size(),
        "total",
        view.taskTotals().total(),
        "dropped",
        view.tasksForgotten(),
        "cellPage",
        filter.cell == null || matching.isEmpty()
            ? null
            : view.cellPage(matching.getFirst().cell()).orElse(null));
  }

  /** What is asked for; immutable. Null is anything. */
  private record Filter(String state, String function, String cell, String worker, String text) {
    static Filter of(Query query) {
      String text = query.given("q");
      return new Filter(
          query.choice("state", Words.STATES),
          query.given("function"),
          query.given("cell"),
          query.given("worker"),
          text == null ? null : text.strip().toLowerCase(Locale.ROOT));
    }

    boolean passes(TaskInfo task) {
      return (state == null || state.equals(Words.state(task)))
          && (function == null || function.equals(task.function()))
          && (cell == null || Words.isCell(task.cell(), cell))
          && (worker == null || worker.equals(Long.toString(task.workerPid())))
          && (text == null
              || Words.contains(task.function(), text)
              || task.objectId().startsWith(text)
              || Words.contains(task.cell(), text)
              || Words.contains(task.error(), text));
    }
  }

  private static List<TaskInfo> sorted(List<TaskInfo> tasks, String sort, long now) {
    if (sort == null || sort.isEmpty()) {
      return lookFirst(tasks);
    }
    boolean falling = sort.startsWith("-");
    Map<String, Comparator<TaskInfo>> orders = orders(now);
    Comparator<TaskInfo> order = orders.get(falling ? sort.substring(1) : sort);
    if (order == null) {
      throw new Query.BadRequest(
          "tasks are sorted by one of "
              + String.join(", ", orders.keySet())
              + ", falling with a - before it: sort="
              + sort);
    }
    tasks.sort(falling ? order.reversed() : order);
    return tasks;
  }

  private static Map<String, Comparator<TaskInfo>> orders(long now) {
    Map<String, Comparator<TaskInfo>> orders = new TreeMap<>();
    orders.put("function", Comparator.comparing(TaskInfo::function));
    orders.put(
        "cell", Comparator.comparing(task -> task.cell() == null ? "" : task.cell(), Labels.ORDER));
    orders.put("state", Comparator.comparing(task -> Words.STATES.indexOf(Words.state(task))));
    by(orders, "worker", TaskInfo::workerPid);
    by(orders, "submitted", TaskInfo::submitted);
    by(orders, "ended", TaskInfo::ended);
    by(orders, "queued", task -> task.queuedNs(now));
    by(orders, "ran", task -> task.ranNs(now));
    by(orders, "cpu", TaskInfo::cpuNs);
    by(orders, "attempt", TaskInfo::attempt);
    by(orders, "result", TaskInfo::resultBytes);
    return orders;
  }

  private static void by(
      Map<String, Comparator<TaskInfo>> orders, String name, ToLongFunction<TaskInfo> key) {
    orders.put(name, Comparator.comparingLong(key));
  }

  /** Labels of cells by their numbers: {@code In [9]} before {@code In [10]}. */
  private static final class Labels {
    static final Comparator<String> ORDER =
        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
  }

  private static List<TaskInfo> lookFirst(List<TaskInfo> tasks) {
    Map<String, List<TaskInfo>> byState = new TreeMap<>();
    Words.STATES.forEach(state -> byState.put(state, new ArrayList<>()));
    tasks.forEach(task -> byState.get(Words.state(task)).add(task));
    List<TaskInfo> failed = byState.get("failed").reversed();
    List<TaskInfo> waiting = new ArrayList<>(byState.get("retrying"));
    waiting.addAll(byState.get("queued"));
    List<TaskInfo> finished = byState.get("finished");
    finished.sort(Comparator.comparingLong(TaskInfo::ended).reversed());
    List<TaskInfo> sorted = new ArrayList<>(tasks.size());
    int failedFirst = Math.min(FAILED_FIRST, failed.size());
    int queuedFirst = Math.min(QUEUED_FIRST, waiting.size());
    sorted.addAll(failed.subList(0, failedFirst));
    sorted.addAll(byState.get("running"));
    sorted.addAll(waiting.subList(0, queuedFirst));
    sorted.addAll(failed.subList(failedFirst, failed.size()));
    sorted.addAll(byState.get("cancelled").reversed());
    sorted.addAll(finished);
    sorted.addAll(waiting.subList(queuedFirst, waiting.size()));
    return sorted;
  }
}
