package org.rayshell.runtime.dashboard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.CellPage;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.FunctionInfo;
import org.rayshell.runtime.view.Records;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskChanges;
import org.rayshell.runtime.view.TaskDetail;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.TaskTotals;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.testing.TaskUpdates;

/** A session with made-up contents, on a clock that stands still unless told otherwise. */
class FakeView implements ClusterView {
  static final long SECOND = 1_000_000_000L;
  static final long START = 1_795_416_295L * SECOND;

  final Records records = new Records();
  final List<WorkerInfo> workers = new ArrayList<>();
  long now = START + 10 * SECOND;
  boolean running = true;
  CellPage cellPage;
  long frontEnds;

  /** Adds a task; times in seconds from the start, negative for not yet. */
  TaskInfo task(
      int number,
      String function,
      TaskState state,
      long worker,
      double from,
      double to,
      double cpu,
      String error) {
    boolean placed = from >= 0;
    TaskUpdate task =
        TaskUpdates.update(
            new ObjectId(0x1234_5678_0000_0000L + number, 1, 1),
            function,
            state,
            "In [7]",
            null,
            100,
            placed ? worker : 0,
            1,
            3,
            1,
            START + SECOND / 2 + number,
            placed ? at(from) : 0,
            to >= 0 ? at(to) : 0,
            (long) (cpu * SECOND),
            state == TaskState.FINISHED ? 14 : 0,
            error,
            at(Math.max(from, to)),
            0,
            state == TaskState.FAILED ? errorType(error) : null);
    records.tasks().report(task);
    return task.toInfo();
  }

  private static ErrorType errorType(String error) {
    return error == null
        ? ErrorType.TASK_EXECUTION_EXCEPTION
        : error.startsWith("worker")
            ? ErrorType.WORKER_DIED
            : error.contains("cancelled")
                ? ErrorType.TASK_CANCELLED
                : ErrorType.TASK_EXECUTION_EXCEPTION;
  }

  static long at(double seconds) {
    return START + (long) (seconds * SECOND);
  }

  void worker(String id, long pid, WorkerInfo.State state, String current, String exit) {
    workers.add(
        new WorkerInfo(
            id,
            pid,
            state,
            current,
            4,
            2 * SECOND,
            5 * SECOND,
            at(0.1),
            state == WorkerInfo.State.DEAD ? at(5) : 0,
            exit));
  }

  /** Three tasks of two functions: one finished, one failed, one that waits; two workers. */
  static FakeView small() {
    FakeView view = new FakeView();
    view.worker("w1", 201, WorkerInfo.State.RUNNING, "slowFunction", null);
    view.worker("w2", 202, WorkerInfo.State.DEAD, null, "signal 9");
    view.task(1, "slowFunction", TaskState.FINISHED, 201, 1, 3, 0.5, null);
    view.task(2, "slowFunction", TaskState.RUNNING, 201, 4, -1, 1, null);
    view.task(3, "boom", TaskState.FAILED, 202, 1, 2, 0, "ArithmeticException: </script>& \"x\"");
    view.task(4, "slowFunction", TaskState.PENDING_NODE_ASSIGNMENT, 0, -1, -1, 0, null);
    return view;
  }

  @Override
  public Optional<TaskDetail> task(String id) {
    return tasks().stream()
        .filter(task -> task.taskId().equals(id))
        .findFirst()
        .map(task -> new TaskDetail(task, List.of(), List.of(), null));
  }

  @Override
  public long frontEnds() {
    return frontEnds;
  }

  @Override
  public Optional<CellPage> cellPage(String label) {
    return "In [7]".equals(label) ? Optional.ofNullable(cellPage) : Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public String sessionName() {
    return "session_2026-11-23_14-02-11_004217_100";
  }

  @Override
  public Path sessionDir() {
    return Path.of("no-such-folder");
  }

  @Override
  public long startedAt() {
    return START;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long driverPid() {
    return 100;
  }

  @Override
  public Optional<String> dashboardUrl() {
    return Optional.empty();
  }

  @Override
  public Optional<String> dashboardNote() {
    return Optional.empty();
  }

  @Override
  public Map<String, Double> totalResources() {
    return resources(2, 6_795_214_848.0);
  }

  @Override
  public Map<String, Double> availableResources() {
    return resources(1, 6_000_000_000.0);
  }

  private static Map<String, Double> resources(double cpus, double store) {
    Map<String, Double> resources = new LinkedHashMap<>();
    resources.put("CPU", cpus);
    resources.put("memory", 13_590_429_696.0);
    resources.put("node:127.0.0.1", 1.0);
    resources.put("object_store_memory", store);
    return resources;
  }

  @Override
  public List<NodeInfo> nodes() {
    return List.of(new NodeInfo("ab".repeat(28), "127.0.0.1", true, totalResources(), 2));
  }

  @Override
  public List<WorkerInfo> workers() {
    return List.copyOf(workers);
  }

  @Override
  public List<TaskInfo> tasks() {
    return records.tasks().tasks();
  }

  @Override
  public long tasksDropped() {
    return records.tasks().dropped();
  }

  @Override
  public long tasksForgotten() {
    return records.tasks().forgotten();
  }

  @Override
  public TaskTotals taskTotals() {
    return records.tasks().totals(now);
  }

  @Override
  public long medianRunNs() {
    return records.tasks().medianRunNs();
  }

  @Override
  public List<FunctionInfo> functions() {
    return records.tasks().functions(now);
  }

  @Override
  public List<TaskInfo> ranSince(long moment) {
    return records.tasks().ranSince(moment);
  }

  @Override
  public TaskChanges taskChanges(long after, int most) {
    return records.tasks().changes(after, most);
  }

  @Override
  public RefInfo ref(ObjectRef<?> ref) {
    return new RefInfo(ref.id(), Optional.empty(), false, 0, null);
  }

  @Override
  public long storedBytes() {
    return 81_200_000;
  }

  @Override
  public long spilledBytes() {
    return 200_000;
  }

  @Override
  public long version() {
    return records.tasks().changes(Long.MAX_VALUE, 0).upTo();
  }
}
