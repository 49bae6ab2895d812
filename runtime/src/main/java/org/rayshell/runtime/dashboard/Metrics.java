package org.rayshell.runtime.dashboard;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskCount;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * The session as Prometheus reads it. Names and labels are Ray's where Ray has such a metric; what
 * begins with {@code rayshell_} it has not.
 */
final class Metrics {
  private static final double PERCENT = 100;
  private static final double MEGA = 1 << 20;
  private static final double NANOS = 1e9;

  private final ClusterView view;
  private final Host host;
  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  private Metrics(ClusterView view, Host host) {
    this.view = view;
    this.host = host;
  }

  /** All metrics, in the text format. */
  static Reply of(ClusterView view, Host host) {
    Metrics metrics = new Metrics(view, host);
    metrics.tasks();
    metrics.resources();
    metrics.node();
    metrics.workers();
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, metrics.all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(200, writer.getContentType(), out.toByteArray(), Map.of());
  }

  private void tasks() {
    GaugeSnapshot.Builder tasks = gauge("ray_tasks", "Tasks by state and function.");
    for (TaskCount count : view.taskCounts()) {
      tasks.dataPoint(
          point(
              count.count(),
              "Name",
              count.function(),
              "State",
              count.state().name(),
              "IsRetry",
              count.retried() ? "1" : "0"));
    }
    add(tasks);
    counter(
        "rayshell_task_events_dropped",
        "States of tasks that are no longer kept.",
        view.taskEventsDropped());
  }

  private void resources() {
    GaugeSnapshot.Builder resources =
        gauge("ray_resources", "Resources, used and available; memory in bytes.");
    Map<String, Double> available = view.availableResources();
    view.totalResources()
        .forEach((name, total) -> {
          // Blocked tasks that go on may take more than there is for a while.
          double free = Math.max(0, available.getOrDefault(name, 0.0));
          resources.dataPoint(point(total - free, "Name", name, "State", "USED"));
          resources.dataPoint(point(free, "Name", name, "State", "AVAILABLE"));
        });
    add(resources);
    GaugeSnapshot.Builder store =
        gauge(
            "ray_object_store_memory",
            "Bytes of the values that the driver holds, and of those on the disk.");
    long spilled = view.spilledBytes();
    long inMemory = Math.max(0, view.storedBytes() - spilled);
    add(
        store
            .dataPoint(point(inMemory, "Location", "MEM"))
            .dataPoint(point(spilled, "Location", "SPILLED")));
  }

  private void node() {
    add("ray_node_cpu_utilization", "CPUs in use, percent.", host.cpuLoad() * PERCENT);
    add("ray_node_cpu_count", "CPUs.", Runtime.getRuntime().availableProcessors());
    add("ray_node_mem_total", "Memory, bytes.", host.totalBytes());
    add("ray_node_mem_available", "Memory still to be had, bytes.", host.availableBytes());
    add(
        "ray_node_mem_used",
        "Memory in use, bytes.",
        Math.max(0, host.totalBytes() - host.availableBytes()));
    GaugeSnapshot.Builder nodes = gauge("ray_cluster_active_nodes", "Machines that are up.");
    add(nodes.dataPoint(point(view.isRunning() ? 1 : 0, "node_type", "head")));
  }

  private void workers() {
    GaugeSnapshot.Builder memory =
        gauge("ray_component_rss_mb", "Memory that a process holds, megabytes.");
    memory.dataPoint(memory("driver", view.driverPid()));
    GaugeSnapshot.Builder states = gauge("rayshell_workers", "Worker processes by state.");
    CounterSnapshot.Builder cpu =
        CounterSnapshot.builder()
            .name("rayshell_worker_task_cpu_seconds")
            .help("CPU time of the tasks that a worker has run.");
    long[] inState = new long[WorkerInfo.State.values().length];
    for (WorkerInfo worker : view.workers()) {
      inState[worker.state().ordinal()]++;
      if (worker.state() != WorkerInfo.State.DEAD && worker.pid() != 0) {
        memory.dataPoint(memory("worker", worker.pid()));
        cpu.dataPoint(
            CounterDataPointSnapshot.builder()
                .value(worker.cpuNs() / NANOS)
                .labels(labels("WorkerId", worker.workerId()))
                .build());
      }
    }
    for (WorkerInfo.State state : WorkerInfo.State.values()) {
      states.dataPoint(point(inState[state.ordinal()], "State", state.name()));
    }
    add(memory);
    add(states);
    all.metricSnapshot(cpu.build());
  }

  private GaugeDataPointSnapshot memory(String component, long pid) {
    return point(host.residentBytes(pid) / MEGA, "Component", component, "pid", Long.toString(pid));
  }

  private void add(String name, String help, double value) {
    add(gauge(name, help).dataPoint(point(value)));
  }

  private void add(GaugeSnapshot.Builder gauge) {
    all.metricSnapshot(gauge.build());
  }

  private void counter(String name, String help, double value) {
    all.metricSnapshot(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(CounterDataPointSnapshot.builder().value(value).labels(labels()).build())
            .build());
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private GaugeDataPointSnapshot point(double value, String... labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(labels(labels)).build();
  }

  private Labels labels(String... more) {
    return Labels.of(more).merge(Labels.of("SessionName", view.sessionName()));
  }
}
