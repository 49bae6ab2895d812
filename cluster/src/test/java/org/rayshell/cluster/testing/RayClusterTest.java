package org.rayshell.cluster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RayClusterTest {
  private static final String TOKEN = "a-token-for-tests-of-32-characters";

  @Test
  void startsAndLeavesNothing() throws Exception {
    Set<Path> shared = filesIn(Path.of("/dev/shm"));
    Path folder;
    List<Long> processes;
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1))) {
      folder = cluster.folder();
      assertEquals(
          cluster.ray().wheel().version(),
          ask(cluster, "api/version", "").get("ray_version").getAsString());
      // Older versions of Ray print warnings of their own before.
      String printed = RayDriver.run(cluster, WorkersJava.class);
      String version = "workers run Java " + Runtime.version().feature();
      assertTrue(printed.lines().toList().contains(version), printed);
      processes = processesOf(folder);
      assertFalse(processes.isEmpty());
    }
    assertEquals(List.of(), processesOf(folder));
    assertEquals(
        List.of(),
        processes.stream()
            .filter(pid -> Files.exists(Path.of("/proc", Long.toString(pid))))
            .toList());
    assertFalse(Files.exists(folder));
    assertEquals(shared, filesIn(Path.of("/dev/shm")));
  }

  @Test
  void nodesComeAndGo() throws Exception {
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1).withoutJava(), TOKEN)) {
      RayNode second = cluster.addNode(NodeOptions.cpus(2).resource("spot_disk", 3));
      List<JsonObject> nodes = nodes(cluster);
      assertEquals(2, nodes.size());
      JsonObject resources =
          nodes.stream()
              .filter(node -> !node.get("is_head_node").getAsBoolean())
              .findFirst()
              .orElseThrow()
              .getAsJsonObject("resources_total");
      assertEquals(2, resources.get("CPU").getAsDouble());
      assertEquals(3, resources.get("spot_disk").getAsDouble());

      List<Long> both = processesOf(cluster.folder());
      second.kill();
      second.kill();
      List<Long> one = processesOf(cluster.folder());
      assertTrue(one.size() < both.size(), both + " " + one);
      assertEquals(2, nodes(cluster).size());

      cluster.head().kill();
      assertEquals(List.of(), processesOf(cluster.folder()));
    }
  }

  @Test
  void endsWithWhoeverStartedIt(@TempDir Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            RayEnvironment.get().program("python").toString(),
            RayEnvironment.PYTHON.resolve("node.py").toString(),
            folder.toString(),
            "bash",
            "-c",
            // A child, one that has a session of its own, and an orphan.
            "sleep 1000 & setsid sleep 1000 & (setsid sleep 1000 &) && echo up && wait");
    builder.environment().put("FOLDER", folder.toString());
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      assertEquals("up", lines.readLine());
      assertEquals(5, processesOf(folder).size());
      process.getOutputStream().close();
      assertNull(lines.readLine());
    }
    assertEquals(0, process.waitFor());
    assertEquals(List.of(), processesOf(folder));
    assertFalse(Files.exists(folder));
  }

  private static List<JsonObject> nodes(RayCluster cluster) throws Exception {
    return ask(cluster, "api/v0/nodes", TOKEN)
        .getAsJsonObject("data")
        .getAsJsonObject("result")
        .getAsJsonArray("result")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static JsonObject ask(RayCluster cluster, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(cluster.dashboard().resolve("/").resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer::body);
      return JsonParser.parseString(answer.body()).getAsJsonObject();
    }
  }

  private static Set<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  /** Those whose arguments or environment name it: not found by how they are ended. */
  private static List<Long> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> pid != ProcessHandle.current().pid())
        .filter(pid -> Stream.of("cmdline", "environ").anyMatch(file -> names(pid, file, folder)))
        .toList();
  }

  private static boolean names(long pid, String file, Path folder) {
    try {
      Path path = Path.of("/proc", Long.toString(pid), file);
      return Files.readString(path, StandardCharsets.ISO_8859_1).contains(folder.toString());
    } catch (IOException _) {
      // Ended meanwhile, or another user's.
      return false;
    }
  }
}
