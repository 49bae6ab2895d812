package org.rayshell.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.rayshell.cluster.testing.NodeOptions;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.RayDriver;

/** What a real cluster answers. Against hangs there is a timeout: each question waits for it. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class RayStateClientTest {
  private static final String TOKEN = "a-token-for-tests-of-32-characters";

  @Test
  void clusterWithTasks() throws Exception {
    NodeOptions options = NodeOptions.cpus(2).resource("spot_disk", 3);
    try (RayCluster cluster = RayCluster.start(options, TOKEN)) {
      Process driver = RayDriver.start(cluster, SomeTasks.class);
      try (BufferedReader lines = driver.inputReader()) {
        String job = told("job ", lines, cluster);
        String address = told("dashboard ", lines, cluster);
        assertEquals(cluster.dashboard().getAuthority(), address);
        try (RayStateClient client = new RayStateClient(address, TOKEN)) {
          version(client, cluster);
          tasks(client, job);
          resources(client);
          jobs(client, job, driver.pid());
          driver.getOutputStream().close();
          assertEquals(0, driver.waitFor());
          until(client::jobs, jobs -> find(jobs, job).status().equals("SUCCEEDED"));
          assertTrue(find(client.jobs(), job).endMs() >= find(client.jobs(), job).startMs());
        }
      } finally {
        driver.destroyForcibly();
      }
      if (cluster.ray().hasTokens()) {
        wrongTokens(cluster);
      }
      cluster.head().kill();
      assertEquals(
          "the cluster's dashboard at "
              + cluster.dashboard().resolve("/")
              + " cannot be reached (nobody answers there): the head needs it installed, pip"
              + " install 'ray[default]', started, not with --include-dashboard=false, and, unless"
              + " this is the head's machine, ray start --head --dashboard-host=0.0.0.0",
          message(cluster, TOKEN));
    }
  }

  /** What the driver says after these words; Ray prints things of its own. */
  private static String told(String words, BufferedReader lines, RayCluster cluster)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(words)) {
        return line.substring(words.length());
      }
    }
    throw new AssertionError(RayDriver.complaints(cluster));
  }

  private static void version(RayStateClient client, RayCluster cluster) {
    ClusterVersion version = client.version();
    assertEquals(cluster.ray().wheel().version(), version.ray());
    assertEquals(40, version.commit().length());
    assertTrue(version.session().startsWith("session_"), version.session());
  }

  private static void tasks(RayStateClient client, String job) {
    Map<String, String> states =
        Map.of(
            "ended", "FINISHED",
            "died", "FAILED",
            "running", "RUNNING",
            "waiting", "PENDING_NODE_ASSIGNMENT");
    ClusterTasks all =
        until(
            () -> client.tasks(job, 100),
            tasks -> {
              Map<String, ClusterTask> named = byName(tasks);
              return named.keySet().equals(states.keySet())
                  && named.values().stream()
                      .allMatch(task -> states.get(task.name()).equals(task.state()))
                  && named.get("ended").startMs() > 0;
            });
    Map<String, ClusterTask> named = byName(all);
    String node = client.nodes().getFirst().id();
    ClusterTask ended = named.get("ended");
    assertEquals(48, ended.id().length());
    assertEquals(job, ended.jobId());
    assertEquals(node, ended.nodeId());
    assertEquals("", ended.errorMessage());
    assertTrue(ended.workerPid() > 0, ended::toString);
    assertTrue(ended.createdMs() <= ended.startMs(), ended::toString);
    assertTrue(ended.startMs() <= ended.endMs(), ended::toString);
    assertTrue(ended.function().contains("SomeTasks"), ended::toString);
    ClusterTask died = named.get("died");
    assertEquals("WORKER_DIED", died.errorType());
    assertFalse(died.errorMessage().isEmpty(), died::toString);
    assertEquals(node, died.nodeId());
    ClusterTask running = named.get("running");
    assertTrue(running.startMs() > 0, running::toString);
    assertEquals(0, running.endMs());
    ClusterTask waiting = named.get("waiting");
    assertEquals("", waiting.nodeId());
    assertEquals(0, waiting.workerPid());
    assertEquals(0, waiting.startMs());

    assertEquals(1, client.tasks(job, 1).tasks().size());
    assertEquals(List.of(), client.tasks("7fffffff", 100).tasks());
    assertEquals(all.tasks().size(), client.tasks("", 100).tasks().size());
    assertThrows(IllegalArgumentException.class, () -> client.tasks(job, 0));
  }

  private static Map<String, ClusterTask> byName(ClusterTasks tasks) {
    return tasks.tasks().stream()
        .collect(Collectors.toMap(ClusterTask::name, Function.identity(), (_, last) -> last));
  }

  private static void resources(RayStateClient client) {
    Map<String, ClusterResource> resources =
        until(client::resources, now -> now.get("spot_disk").used().equals(OptionalDouble.of(2.0)));
    assertEquals(3, resources.get("spot_disk").total());
    assertEquals(OptionalDouble.of(1.0), resources.get("spot_disk").free());
    assertEquals(2, resources.get("CPU").total());
    assertEquals(OptionalDouble.of(2.0), resources.get("CPU").free());
    assertEquals(200_000_000, resources.get("object_store_memory").total());
    ClusterNode node = client.nodes().getFirst();
    assertTrue(node.alive() && node.head(), node::toString);
    assertEquals(resources.keySet(), node.resources().keySet());
    assertTrue(resources.containsKey("node:" + node.ip()), resources::toString);
  }

  private static void jobs(RayStateClient client, String id, long pid) {
    ClusterJob job = find(client.jobs(), id);
    assertEquals("RUNNING", job.status());
    assertEquals(pid, job.driverPid());
    assertEquals(client.nodes().getFirst().ip(), job.driverIp());
    assertTrue(job.startMs() > 0, job::toString);
    assertEquals(0, job.endMs());
  }

  private static void wrongTokens(RayCluster cluster) {
    String dashboard = "the dashboard at " + cluster.dashboard().resolve("/");
    assertEquals(
        dashboard + " wants the cluster's token: set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN",
        message(cluster, ""));
    assertEquals(
        dashboard
            + " does not know this token: set RAY_AUTH_TOKEN to what the cluster's head was started"
            + " with",
        message(cluster, "not-the-token"));
  }

  private static String message(RayCluster cluster, String token) {
    String address = cluster.dashboard().getAuthority();
    try (RayStateClient client = new RayStateClient(address, token)) {
      return assertThrows(ClusterStateException.class, client::nodes).getMessage();
    }
  }

  private static ClusterJob find(List<ClusterJob> jobs, String id) {
    return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
  }

  /** Ray tells nobody of changes: what it reports late can only be asked for again. */
  private static <T> T until(Supplier<T> question, Predicate<T> wanted) {
    T answer = question.get();
    while (!wanted.test(answer)) {
      answer = question.get();
    }
    return answer;
  }
}
