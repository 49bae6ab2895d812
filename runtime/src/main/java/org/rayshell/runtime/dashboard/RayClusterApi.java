package org.rayshell.runtime.dashboard;

import static org.rayshell.runtime.dashboard.Json.decimal;
import static org.rayshell.runtime.dashboard.Json.object;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rayshell.NodeInfo;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

/** Ray's endpoints on the cluster as a whole, in Ray's shapes. Thread-safe. */
final class RayClusterApi {
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  private final ClusterView view;
  private final Host host;

  RayClusterApi(ClusterView view, Host host) {
    this.view = view;
    this.host = host;
  }

  /** {@code /api/version}; the first is the version of the API. */
  Object version() {
    return object(
        "version",
        "4",
        "ray_version",
        "rayshell-" + Version.text(),
        "ray_commit",
        "",
        "session_name",
        view.sessionName());
  }

  /** {@code /api/cluster_status}; with {@code format=1} as text. */
  Object clusterStatus(Query query) {
    if (query.flag("format")) {
      return envelope("Got formatted cluster status.", object("clusterStatus", text()));
    }
    Map<String, Object> used = new LinkedHashMap<>();
    Map<String, Object> totals = new LinkedHashMap<>();
    Map<String, Double> free = view.availableResources();
    view.totalResources()
        .forEach((name, total) -> {
          double inUse = Math.max(0, total - free.getOrDefault(name, total));
          used.put(camelCase(name), List.of(decimal(inUse), decimal(total)));
          totals.put(name, decimal(total));
        });
    Map<String, Object> usedByNode = new LinkedHashMap<>();
    Map<String, Object> active = new LinkedHashMap<>();
    Map<String, Object> types = new LinkedHashMap<>();
    for (NodeInfo node : view.nodes()) {
      usedByNode.put(node.nodeId(), used);
      active.put(camelCase("node_" + node.nodeId()), 1);
      types.put(node.nodeId(), "node_" + node.nodeId());
    }
    Object autoscaler =
        object(
            "activeNodes",
            active,
            "idleNodes",
            null,
            "pendingNodes",
            List.of(),
            "pendingLaunches",
            object(),
            "failedNodes",
            List.of(),
            "nodeAvailabilitySummary",
            object("nodeAvailabilities", object()),
            "nodeActivities",
            null,
            "pendingResources",
            object(),
            "nodeTypeMapping",
            types,
            "legacy",
            true);
    Object load =
        object(
            "usage",
            used,
            "resourceDemand",
            demand(),
            "pgDemand",
            List.of(),
            "requestDemand",
            List.of(),
            "nodeTypes",
            List.of(List.of(totals, view.nodes().size())),
            "headIp",
            null,
            "usageByNode",
            usedByNode,
            "nodeTypeMapping",
            null,
            "idleTimeMap",
            null);
    Object status =
        object(
            "gcsRequestTime", decimal(0),
            "time", decimal(view.now() / 1e9),
            "monitorPid", view.driverPid(),
            "autoscalerUpdateTime", decimal(0),
            "autoscalerReport", autoscaler,
            "nonTerminatedNodesTime", decimal(0),
            "loadMetricsReport", load);
    return envelope(
        "Got cluster status.",
        object("autoscalingStatus", text(), "autoscalingError", null, "clusterStatus", status));
  }

  /** {@code /nodes?view=summary}: this machine and its processes. */
  Object nodes(Query query) {
    String wanted = query.first("view");
    if (!"summary".equals(wanted)) {
      throw new Query.BadRequest("only the summary is there: view=" + wanted);
    }
    List<Object> summary = new ArrayList<>();
    Map<String, Object> logical = new LinkedHashMap<>();
    for (NodeInfo node : view.nodes()) {
      logical.put(node.nodeId(), usage());
      summary.add(machine(node));
    }
    return envelope(
        "Node summary fetched.", object("summary", summary, "nodeLogicalResources", logical));
  }

  private Object machine(NodeInfo node) {
    List<Object> workers = new ArrayList<>();
    for (WorkerInfo worker : view.workers()) {
      if (worker.state() != WorkerInfo.State.DEAD) {
        workers.add(
            object(
                "pid", worker.pid(),
                "createTime", decimal(worker.started() / 1e9),
                "cpuTimes", object("user", decimal(worker.cpuNs() / 1e9)),
                "memoryInfo", object("rss", host.residentBytes(worker.pid())),
                "cmdline", List.of(processName(worker))));
      }
    }
    long total = host.totalBytes();
    long available = host.availableBytes();
    BigDecimal percent =
        decimal(Math.round(1000.0 * (total - available) / Math.max(1, total)) / 10.0);
    int processors = Runtime.getRuntime().availableProcessors();
    return object(
        "now", decimal(view.now() / 1e9),
        "hostname", hostName(),
        "ip", node.address(),
        "cpu", decimal(Math.round(1000 * host.cpuLoad()) / 10.0),
        "cpus", List.of(processors, processors),
        "mem", List.of(total, available, percent, total - available),
        "workers", workers,
        "raylet",
            object(
                "nodeId", node.nodeId(),
                "nodeManagerAddress", node.address(),
                "nodeManagerHostname", hostName(),
                "isHeadNode", true,
                "state", node.alive() ? "ALIVE" : "DEAD",
                "pid", view.driverPid(),
                "startTimeMs", view.startedAt() / 1_000_000));
  }

  private static String processName(WorkerInfo worker) {
    return worker.currentTask() == null ? "ray::IDLE" : "ray::" + worker.currentTask();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /** What waiting tasks ask for: each shape with its count. */
  private List<Object> demand() {
    Map<Double, Integer> counts = new TreeMap<>();
    for (TaskInfo task : view.tasks()) {
      if (task.state() == TaskState.PENDING_NODE_ASSIGNMENT) {
        counts.merge(task.numCpus(), 1, Integer::sum);
      }
    }
    List<Object> demand = new ArrayList<>();
    counts.forEach((cpus, count) -> demand.add(List.of(object("CPU", decimal(cpus)), count)));
    return demand;
  }

  private String text() {
    StringBuilder text = new StringBuilder("Node status\n---------------\nActive:\n");
    view.nodes().forEach(node -> text.append(" 1 node_").append(node.nodeId()).append('\n'));
    text.append("\nResources\n---------------\nTotal Usage:\n ")
        .append(usage().replace("\n", "\n "));
    text.append("\n\nTotal Demands:\n");
    List<Object> demand = demand();
    if (demand.isEmpty()) {
      text.append(" (no resource demands)\n");
    }
    demand.forEach(shape -> text.append(' ').append(shape).append('\n'));
    return text.toString();
  }

  private String usage() {
    Map<String, Double> free = view.availableResources();
    List<String> lines = new ArrayList<>();
    view.totalResources()
        .forEach((name, total) ->
            lines.add(
                decimal(Math.max(0, total - free.getOrDefault(name, total)))
                    + "/"
                    + decimal(total)
                    + " "
                    + name));
    return String.join("\n", lines);
  }

  private static Object envelope(String message, Object data) {
    return object("result", true, "msg", message, "data", data);
  }

  /** {@code object_store_memory} becomes {@code objectStoreMemory}, as Ray's dashboard does it. */
  static String camelCase(String name) {
    String[] parts = name.split("_");
    StringBuilder camel = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      camel.append(
          WORD.matcher(parts[i])
              .replaceAll(word ->
                  word.group().substring(0, 1).toUpperCase(Locale.ROOT)
                      + word.group().substring(1).toLowerCase(Locale.ROOT)));
    }
    return camel.toString();
  }
}
