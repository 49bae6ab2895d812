package org.rayshell.runtime.view;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Task events as a trace that Perfetto and {@code chrome://tracing} open: a row for each worker, a
 * bar for each try of a task, an arrow from the task that submitted another, and what waits below
 * its owner. Times are microseconds from the session's start.
 */
public final class ChromeTrace {
  private final ClusterView view;
  private final JsonWriter json;
  private long lastFlow;

  private ChromeTrace(ClusterView view, JsonWriter json) {
    this.view = view;
    this.json = json;
  }

  /**
   * Writes the trace of the session so far to a file, which is whole or not there.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(ClusterView view, Path file) throws IOException {
    WholeFile.write(
        file,
        out -> {
          try (JsonWriter json = new JsonWriter(out)) {
            new ChromeTrace(view, json).write();
          }
        });
  }

  /** One try of a task, of which any of the three may be missing. */
  private static final class Attempt {
    TaskEvent first;
    TaskEvent last;

    /** When a later try took its place; 0 if none did. */
    long replaced;
  }

  private void write() throws IOException {
    json.beginObject();
    json.name("displayTimeUnit").value("ms");
    json.name("otherData").beginObject();
    json.name("session").value(view.sessionName());
    json.name("eventsDropped").value(view.taskEventsDropped());
    json.endObject();
    json.name("traceEvents").beginArray();
    nameProcesses();
    Map<String, Attempt> latest = new LinkedHashMap<>();
    for (TaskEvent event : view.taskEvents()) {
      Attempt attempt = latest.get(event.taskId());
      if (attempt != null && attempt.last.attempt() != event.attempt()) {
        attempt.replaced = event.at();
        write(attempt);
        attempt = null;
      }
      if (attempt == null) {
        attempt = new Attempt();
        attempt.first = event;
        latest.put(event.taskId(), attempt);
      }
      attempt.last = event;
    }
    for (Attempt attempt : latest.values()) {
      write(attempt);
    }
    json.endArray();
    json.endObject();
  }

  private void nameProcesses() throws IOException {
    Map<Long, String> names = new HashMap<>();
    names.put(view.driverPid(), "driver");
    for (WorkerInfo worker : view.workers()) {
      if (worker.pid() != 0) {
        names.put(worker.pid(), "worker " + worker.workerId());
      }
    }
    for (Map.Entry<Long, String> name : names.entrySet()) {
      for (String kind : new String[] {"process_name", "thread_name"}) {
        begin("M", kind, "__metadata", name.getKey(), 0);
        json.name("args").beginObject();
        json.name("name").value(name.getValue());
        json.endObject();
        json.endObject();
      }
    }
  }

  private void write(Attempt attempt) throws IOException {
    TaskEvent last = attempt.last;
    boolean over = last.state().isTerminal() || attempt.replaced != 0;
    long end = over ? attempt.replaced != 0 ? attempt.replaced : last.at() : view.now();
    long from = last.attempt() == 1 ? last.submitted() : attempt.first.at();
    long began = last.started();
    if (began > from || began == 0) {
      waited(last, from, began == 0 ? end : began);
    }
    if (began == 0) {
      return;
    }
    begin("X", last.function(), "task", last.workerPid(), began);
    json.name("dur").value(micros(Math.max(0, end - began)));
    json.name("args").beginObject();
    json.name("task_id").value(last.taskId());
    json.name("attempt").value(last.attempt());
    json.name("state").value(attempt.replaced != 0 ? "FAILED" : last.state().name());
    json.name("cpu_ms").value(last.cpuNs() / 1e6);
    json.name("arg_bytes").value(last.argBytes());
    json.name("result_bytes").value(last.resultBytes());
    json.name("cell").value(last.cell());
    json.name("error").value(attempt.replaced != 0 ? "its worker died" : last.error());
    json.endObject();
    json.endObject();
    if (last.parentTaskId() != null && last.attempt() == 1) {
      long flow = ++lastFlow;
      flow("s", flow, last.ownerPid(), last.submitted());
      flow("f", flow, last.workerPid(), began);
    }
  }

  /** What waits may overlap, so these are events without a thread. */
  private void waited(TaskEvent task, long from, long to) throws IOException {
    String id = task.taskId() + "." + task.attempt();
    for (String phase : new String[] {"b", "e"}) {
      String name = task.function() + " waits";
      begin(phase, name, "queue", task.ownerPid(), phase.equals("b") ? from : to);
      json.name("id").value(id);
      json.endObject();
    }
  }

  private void flow(String phase, long id, long pid, long at) throws IOException {
    begin(phase, "submits", "flow", pid, at);
    json.name("id").value(id);
    json.name("bp").value("e");
    json.endObject();
  }

  private void begin(String phase, String name, String category, long pid, long at)
      throws IOException {
    json.beginObject();
    json.name("ph").value(phase);
    json.name("name").value(name);
    json.name("cat").value(category);
    json.name("pid").value(pid);
    json.name("tid").value(pid);
    json.name("ts").value(at == 0 ? 0 : micros(at - view.startedAt()));
  }

  private static double micros(long nanos) {
    return nanos / 1e3;
  }
}
