package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.view.TaskCount;
import org.rayshell.runtime.view.TaskState;

/** What Prometheus reads. */
class MetricsTest {
  private static final String SESSION = "SessionName=\"session_2026-11-23_14-02-11_004217_100\"";

  private final FakeView view =
      new FakeView() {
        @Override
        public List<TaskCount> taskCounts() {
          return List.of(
              new TaskCount("f", TaskState.FINISHED, false, 12_345_678),
              new TaskCount("odd \"name\"\n", TaskState.RUNNING, true, 1));
        }
      };

  private List<String> lines() {
    return new String(Metrics.of(view, new Host()).body(), StandardCharsets.UTF_8).lines().toList();
  }

  private void has(String start, String value) {
    List<String> lines = lines();
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith(start) && line.endsWith(value)),
        () -> start + " " + value + " in\n" + String.join("\n", lines));
  }

  @Test
  void tasksAndResourcesHaveRaysNamesAndLabels() {
    has("ray_tasks{IsRetry=\"0\",Name=\"f\"," + SESSION + ",State=\"FINISHED\"}", " 1.2345678E7");
    has("ray_tasks{IsRetry=\"1\",Name=\"odd \\\"name\\\"\\n\",", " 1.0");
    has("ray_resources{Name=\"CPU\"," + SESSION + ",State=\"USED\"}", " 1.0");
    has("ray_resources{Name=\"CPU\"," + SESSION + ",State=\"AVAILABLE\"}", " 1.0");
    has("ray_object_store_memory{Location=\"MEM\"," + SESSION + "}", " 8.1E7");
    has("ray_object_store_memory{Location=\"SPILLED\"," + SESSION + "}", " 200000.0");
    has("ray_cluster_active_nodes{" + SESSION + ",node_type=\"head\"}", " 1.0");
    has("# TYPE ray_tasks gauge", "");
  }

  @Test
  void workersAreCountedByState() {
    FakeView small = FakeView.small();
    view.workers.addAll(small.workers);
    has("rayshell_workers{" + SESSION + ",State=\"RUNNING\"}", " 1.0");
    has("rayshell_workers{" + SESSION + ",State=\"DEAD\"}", " 1.0");
    has("rayshell_worker_task_cpu_seconds_total{" + SESSION + ",WorkerId=\"w1\"}", " 2.0");
  }

  @Test
  void theDashboardAnswersInTheTextFormat() throws IOException {
    try (DashboardServer server = DashboardServer.start(view, 0)) {
      Http.Answer answer = Http.get(server.url().replaceAll("/\\?.*", ""), "/metrics");
      assertEquals(200, answer.status());
      assertTrue(answer.headers().contains("text/plain; version=0.0.4"), answer.headers());
      assertTrue(answer.body().contains("ray_node_mem_total{"), answer.body());
    }
  }
}
