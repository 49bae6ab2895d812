package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our answers beside those recorded from Ray 2.60: the same names, of the same types. */
class RayShapesTest {
  /** Objects whose names are data. */
  private static final Set<String> MAPS =
      Set.of(
          "usage",
          "usageByNode",
          "activeNodes",
          "nodeTypeMapping",
          "summary",
          "state_counts",
          "resources_total",
          "required_resources",
          "profiling_data",
          "nodeAvailabilities");

  private final FakeView view = FakeView.small();
  private final Routes routes = new Routes(view);

  private JsonObject answer(String path, String query) {
    Reply reply = routes.answer(path, Query.parse(query), null);
    assertEquals(200, reply.status());
    return JsonParser.parseString(new String(reply.body(), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private List<JsonElement> rows(String path, String query) {
    return answer(path, query)
        .getAsJsonObject("data")
        .getAsJsonObject("result")
        .getAsJsonArray("result")
        .asList();
  }

  @ParameterizedTest
  @CsvSource({
    "version, /api/version,",
    "run_cluster_status, /api/cluster_status,",
    "run_cluster_status_format1, /api/cluster_status, format=1",
    "v0_tasks_detail, /api/v0/tasks, detail=1",
    "run_tasks_state_running, /api/v0/tasks,"
        + " detail=1&filter_keys=state&filter_predicates=%3D&filter_values=RUNNING",
    "v0_tasks_summarize, /api/v0/tasks/summarize,",
    "v0_workers, /api/v0/workers,",
    "v0_nodes, /api/v0/nodes,",
    "v0_jobs, /api/v0/jobs,",
    "run_objects, /api/v0/objects,"
  })
  void answersHaveRaysShape(String sample, String path, String query) throws IOException {
    List<String> differences = new ArrayList<>();
    compare("", sample(sample), answer(path, query), differences);
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }

  private static JsonElement sample(String name) throws IOException {
    try (InputStream in = RayShapesTest.class.getResourceAsStream("ray/" + name + ".json")) {
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }

  private static void compare(
      String path, JsonElement ray, JsonElement ours, List<String> differences) {
    if (ray.isJsonNull() || ours.isJsonNull()) {
      return; // what is unknown is null in either
    }
    switch (ray) {
      case JsonObject object when ours instanceof JsonObject mine -> {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean map =
            MAPS.contains(name) || name.endsWith("[][]") || path.endsWith("usageByNode/*");
        if (map) {
          if (!object.isEmpty() && !mine.isEmpty()) {
            compare(path + "/*", any(object), any(mine), differences);
          }
        } else if (!object.keySet().equals(mine.keySet())) {
          differences.add(path + ": Ray " + object.keySet() + ", here " + mine.keySet());
        } else {
          object
              .keySet()
              .forEach(
                  key -> compare(path + "/" + key, object.get(key), mine.get(key), differences));
        }
      }
      case JsonArray array when ours instanceof JsonArray mine -> {
        for (int i = 0; i < Math.min(array.size(), mine.size()); i++) {
          compare(path + "[]", array.get(i), mine.get(i), differences);
        }
      }
      case JsonPrimitive value when ours instanceof JsonPrimitive mine -> {
        if (!type(value).equals(type(mine))) {
          differences.add(path + ": Ray " + value + ", here " + mine);
        }
      }
      default -> differences.add(path + ": Ray " + ray + ", here " + ours);
    }
  }

  private static JsonElement any(JsonObject object) {
    return object.entrySet().iterator().next().getValue();
  }

  /** Whole numbers and decimals are told apart, for Ray's clients parse them so. */
  private static String type(JsonPrimitive value) {
    if (value.isNumber()) {
      return value.getAsString().contains(".") || value.getAsString().contains("E-")
          ? "decimal"
          : "whole";
    }
    return value.isString() ? "string" : "boolean";
  }

  @Test
  void tasksAreFilteredAsRaysClientsAsk() {
    assertEquals(4, rows("/api/v0/tasks", null).size());
    assertEquals(2, rows("/api/v0/tasks", "limit=2").size());
    assertEquals(
        1,
        rows(
                "/api/v0/tasks",
                "filter_keys=state&filter_predicates=!%3D&filter_values=finished"
                    + "&filter_keys=func_or_class_name&filter_predicates=%3D&filter_values=boom")
            .size());
  }

  @Test
  void aTaskTellsWhereItRanAndWhen() {
    JsonObject task = rows("/api/v0/tasks", "detail=true").getFirst().getAsJsonObject();
    assertEquals("slowFunction", task.get("name").getAsString());
    assertEquals("FINISHED", task.get("state").getAsString());
    assertEquals(201, task.get("worker_pid").getAsLong());
    assertEquals("w1", task.get("worker_id").getAsString());
    assertEquals(48, task.get("task_id").getAsString().length());
    assertEquals("1795416295500.0", task.get("creation_time_ms").getAsString());
    assertEquals("1795416296000.0", task.get("start_time_ms").getAsString());
    assertEquals("1795416298000.0", task.get("end_time_ms").getAsString());
  }

  @Test
  void aFailureTellsItsKindAndText() {
    JsonObject task = rows("/api/v0/tasks", "detail=1").get(2).getAsJsonObject();
    assertEquals("TASK_EXECUTION_EXCEPTION", task.get("error_type").getAsString());
    assertTrue(task.get("error_message").getAsString().startsWith("ArithmeticException"));
  }

  @Test
  void usageIsUsedOfTotal() {
    assertEquals(
        "[1.0,2.0]",
        answer("/api/cluster_status", null)
            .getAsJsonObject("data")
            .getAsJsonObject("clusterStatus")
            .getAsJsonObject("loadMetricsReport")
            .getAsJsonObject("usage")
            .get("CPU")
            .toString());
  }

  @Test
  void nodesAreSummed() {
    JsonObject data = answer("/nodes", "view=summary").getAsJsonObject("data");
    JsonObject node = data.getAsJsonArray("summary").get(0).getAsJsonObject();
    assertEquals("127.0.0.1", node.get("ip").getAsString());
    assertEquals(1, node.getAsJsonArray("workers").size()); // the dead one is not among them
  }

  @Test
  void aBadFilterIsRefusedInRaysForm() {
    for (String query :
        List.of(
            "filter_keys=state",
            "filter_keys=state&filter_predicates=%3C&filter_values=x",
            "filter_keys=none&filter_predicates=%3D&filter_values=x",
            "limit=0")) {
      try {
        routes.answer("/api/v0/tasks", Query.parse(query), null);
        throw new AssertionError("accepted: " + query);
      } catch (Query.BadRequest e) {
        Reply reply = Routes.error("/api/v0/tasks", 400, "bad_request", e.getMessage());
        JsonObject json =
            JsonParser.parseString(new String(reply.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertEquals(Set.of("result", "msg", "data"), json.keySet());
        assertEquals(e.getMessage(), json.get("msg").getAsString());
      }
    }
  }

  @Test
  void anEmptySessionIsAnsweredToo() {
    Routes empty = new Routes(new FakeView());
    for (String path :
        List.of(
            "/api/v0/tasks",
            "/api/v0/tasks/summarize",
            "/api/v0/objects",
            "/api/v0/workers",
            "/api/v0/jobs",
            "/api/cluster_status",
            "/api/v1/summary")) {
      assertEquals(200, empty.answer(path, Query.parse(null), null).status(), path);
    }
  }
}
