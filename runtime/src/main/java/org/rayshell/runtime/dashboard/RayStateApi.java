package org.rayshell.runtime.dashboard;

import static org.rayshell.runtime.dashboard.Json.decimal;
import static org.rayshell.runtime.dashboard.Json.object;
import static org.rayshell.runtime.dashboard.Json.time;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rayshell.NodeInfo;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

/** The lists of Ray's state API, {@code /api/v0/…}, in Ray's shapes. Thread-safe. */
final class RayStateApi {
  private static final int STANDARD_LIMIT = 100;
  private static final int HIGHEST_LIMIT = 10_000;

  private static final String NO_TASK = "f".repeat(40);

  private final ClusterView view;

  RayStateApi(ClusterView view) {
    this.view = view;
  }

  /** {@code /api/v0/tasks}: {@code detail}, {@code limit} and Ray's three filter parameters. */
  Object tasks(Query query) {
    boolean detail = query.flag("detail");
    String node = nodeId();
    Map<Long, String> workerIds = workerIds();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TaskInfo task : view.tasks()) {
      rows.add(task(task, node, workerIds, detail));
    }
    String dropped =
        view.tasksDropped() == 0 ? "" : view.tasksDropped() + " older tasks are no longer listed.";
    return list(rows, query, dropped, null);
  }

  /** {@code /api/v0/tasks/summarize}: how many tasks of each function are in which state. */
  Object summarize() {
    Map<String, Map<TaskState, Integer>> states = new LinkedHashMap<>();
    List<TaskInfo> tasks = view.tasks();
    for (TaskInfo task : tasks) {
      states
          .computeIfAbsent(task.function(), _ -> new EnumMap<>(TaskState.class))
          .merge(task.state(), 1, Integer::sum);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    states.forEach((function, counts) ->
        summary.put(
            function,
            object("func_or_class_name", function, "type", "NORMAL_TASK", "state_counts", counts)));
    Object cluster =
        object(
            "summary",
            summary,
            "total_tasks",
            tasks.size(),
            "total_actor_tasks",
            0,
            "total_actor_scheduled",
            0,
            "summary_by",
            "func_name");
    Object result = object("node_id_to_summary", object("cluster", cluster));
    return envelope(tasks.size(), tasks.size(), tasks.size(), result, "", null);
  }

  /** {@code /api/v0/workers}: the driver and its workers. */
  Object workers(Query query) {
    String node = nodeId();
    String ip = nodeAddress();
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(
        worker(
            "driver",
            view.isRunning(),
            "DRIVER",
            null,
            node,
            ip,
            view.driverPid(),
            null,
            view.startedAt(),
            0));
    for (WorkerInfo worker : view.workers()) {
      boolean alive = worker.state() != WorkerInfo.State.DEAD;
      rows.add(
          worker(
              worker.workerId(),
              alive,
              "WORKER",
              exitType(worker),
              node,
              ip,
              worker.pid(),
              worker.exit(),
              worker.started(),
              worker.ended()));
    }
    return list(rows, query, "", null);
  }

  /** {@code /api/v0/nodes}: this machine. */
  Object nodes(Query query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (NodeInfo node : view.nodes()) {
      Map<String, Object> resources = new LinkedHashMap<>();
      node.resources().forEach((name, amount) -> resources.put(name, decimal(amount)));
      rows.add(
          object(
              "node_id", node.nodeId(),
              "node_ip", node.address(),
              "is_head_node", rows.isEmpty(),
              "state", node.alive() ? "ALIVE" : "DEAD",
              "state_message", null,
              "node_name", node.address(),
              "resources_total", resources,
              "labels", object("ray.io/node-id", node.nodeId())));
    }
    return list(rows, query, "", null);
  }

  /** {@code /api/v0/objects}: the results of tasks; what was {@code put} is not known here. */
  Object objects(Query query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (TaskInfo task : view.tasks()) {
      rows.add(
          object(
              "object_id", task.objectId(),
              "object_size", task.resultBytes() == 0 ? -1 : task.resultBytes(),
              "task_status", task.state(),
              "attempt_number", task.attempt(),
              "reference_type", "LOCAL_REFERENCE",
              "call_site", task.cell() == null ? "disabled" : task.cell(),
              "type", task.ownerPid() == view.driverPid() ? "DRIVER" : "WORKER",
              "pid", task.ownerPid(),
              "ip", nodeAddress()));
    }
    return list(
        rows,
        query,
        null,
        List.of(
            "Only results of tasks are listed, whether or not a ref to them is left; objects stored"
                + " by Ray.put are not."));
  }

  /** {@code /api/v0/jobs}: the driver. */
  Object jobs(Query query) {
    String pid = Long.toString(view.driverPid());
    Object driver = object("id", jobId(), "node_ip_address", nodeAddress(), "pid", pid);
    Map<String, Object> job =
        object(
            "job_id",
            jobId(),
            "submission_id",
            null,
            "entrypoint",
            "",
            "type",
            "DRIVER",
            "status",
            view.isRunning() ? "RUNNING" : "SUCCEEDED",
            "message",
            null,
            "error_type",
            null,
            "driver_info",
            driver);
    return list(List.of(job), query, "", null);
  }

  private Map<String, Object> task(
      TaskInfo task, String node, Map<Long, String> workerIds, boolean detail) {
    String job = task.taskId().substring(task.taskId().length() - 8);
    boolean placed = task.workerPid() != 0;
    Map<String, Object> row =
        object(
            "task_id",
            task.taskId(),
            "attempt_number",
            task.attempt() - 1,
            "name",
            task.function(),
            "state",
            task.state(),
            "job_id",
            job,
            "actor_id",
            null,
            "type",
            "NORMAL_TASK",
            "func_or_class_name",
            task.function(),
            "parent_task_id",
            task.parentTaskId() == null ? NO_TASK + job : task.parentTaskId(),
            "node_id",
            placed ? node : null,
            "worker_id",
            workerIds.get(task.workerPid()),
            "worker_pid",
            placed ? task.workerPid() : null,
            "error_type",
            task.errorType());
    if (detail) {
      row.put("language", "JAVA");
      row.put("required_resources", object("CPU", decimal(task.numCpus())));
      row.put("runtime_env_info", object("serialized_runtime_env", "{}"));
      row.put("placement_group_id", null);
      row.put("events", events(task));
      row.put("profiling_data", object());
      row.put("creation_time_ms", time(task.submitted()));
      row.put("start_time_ms", time(task.started()));
      row.put("end_time_ms", time(task.ended()));
      row.put("task_log_info", null);
      row.put("error_message", task.error());
      row.put("is_debugger_paused", null);
      row.put("call_site", task.cell());
      row.put("label_selector", object());
      row.put("fallback_strategy", object("options", List.of()));
    }
    return row;
  }

  /** The changes of state whose time is known. */
  private static List<Object> events(TaskInfo task) {
    List<Object> events = new ArrayList<>();
    events.add(event(TaskState.PENDING_ARGS_AVAIL, task.submitted()));
    if (task.started() != 0) {
      events.add(event(TaskState.RUNNING, task.started()));
    }
    if (task.ended() != 0) {
      events.add(event(task.state(), task.ended()));
    }
    return events;
  }

  private static Object event(TaskState state, long at) {
    return object("state", state, "created_ms", time(at));
  }

  private static Map<String, Object> worker(
      String id,
      boolean alive,
      String type,
      String exitType,
      String node,
      String ip,
      long pid,
      String exit,
      long started,
      long ended) {
    return object(
        "worker_id", id,
        "is_alive", alive,
        "worker_type", type,
        "exit_type", exitType,
        "node_id", node,
        "ip", ip,
        "pid", pid,
        "exit_detail", exit,
        "worker_launch_time_ms", started / 1_000_000,
        "worker_launched_time_ms", started / 1_000_000,
        "start_time_ms", started / 1_000_000,
        "end_time_ms", ended / 1_000_000,
        "debugger_port", null,
        "num_paused_threads", null);
  }

  private static String exitType(WorkerInfo worker) {
    if (worker.exit() == null) {
      return null;
    }
    return worker.exit().equals("exit code 0") ? "INTENDED_SYSTEM_EXIT" : "SYSTEM_ERROR";
  }

  private Object list(
      List<Map<String, Object>> all, Query query, String partial, List<String> warnings) {
    int limit = query.number("limit", STANDARD_LIMIT, 1, HIGHEST_LIMIT);
    List<Map<String, Object>> kept = filtered(all, query);
    List<Map<String, Object>> shown = kept.subList(0, Math.min(limit, kept.size()));
    return envelope(all.size(), all.size(), kept.size(), shown, partial, warnings);
  }

  /** Keeps the rows that pass every filter; names and values match whatever their case. */
  private static List<Map<String, Object>> filtered(List<Map<String, Object>> all, Query query) {
    List<String> keys = query.all("filter_keys");
    List<String> predicates = query.all("filter_predicates");
    List<String> values = query.all("filter_values");
    if (keys.size() != predicates.size() || keys.size() != values.size()) {
      throw new Query.BadRequest(
          "filter_keys, filter_predicates and filter_values must be as many: %d, %d, %d"
              .formatted(keys.size(), predicates.size(), values.size()));
    }
    List<Map<String, Object>> kept = new ArrayList<>(all);
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).toLowerCase(java.util.Locale.ROOT);
      String value = values.get(i);
      boolean wanted =
          switch (predicates.get(i)) {
            case "=" -> true;
            case "!=" -> false;
            case String other ->
                throw new Query.BadRequest("a filter says = or !=: filter_predicates=" + other);
          };
      if (!all.isEmpty() && !all.getFirst().containsKey(key)) {
        throw new Query.BadRequest("there is no such column: filter_keys=" + keys.get(i));
      }
      kept.removeIf(row -> Objects.toString(row.get(key)).equalsIgnoreCase(value) != wanted);
    }
    return kept;
  }

  private static Object envelope(
      int total, int known, int filtered, Object result, String partial, List<String> warnings) {
    Object inner =
        object(
            "total", total,
            "num_after_truncation", known,
            "num_filtered", filtered,
            "result", result,
            "partial_failure_warning", partial,
            "warnings", warnings);
    return object("result", true, "msg", "", "data", object("result", inner));
  }

  private Map<Long, String> workerIds() {
    Map<Long, String> ids = new HashMap<>();
    view.workers().forEach(worker -> ids.put(worker.pid(), worker.workerId()));
    return ids;
  }

  private String nodeId() {
    return view.nodes().isEmpty() ? null : view.nodes().getFirst().nodeId();
  }

  private String nodeAddress() {
    return view.nodes().isEmpty() ? null : view.nodes().getFirst().address();
  }

  private String jobId() {
    List<TaskInfo> tasks = view.tasks();
    String task = tasks.isEmpty() ? "01000000" : tasks.getFirst().taskId();
    return task.substring(task.length() - 8);
  }
}
