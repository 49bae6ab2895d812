package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rayshell.benchmarks.tasks.TaskRows;

/** The program behind {@code benchmarks/run}: that it measures, not how fast anything is. */
class BenchmarksTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox("benchmarks").withKernel();
    sandbox
        .with("PYTHONPATH", Project.ROOT.resolve("benchmarks").toString())
        .with("PYTHONDONTWRITEBYTECODE", "1");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Outcome bench(Object... arguments) throws IOException {
    Object[] command = new Object[arguments.length + 3];
    command[0] = PythonEnvironment.python();
    command[1] = "-m";
    command[2] = "bench";
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return sandbox.run(command);
  }

  @Test
  void takesTurnsAndWritesEverySample() throws IOException {
    Path json = sandbox.folder().resolve("out.json");
    String printed =
        bench("assist", "--rounds", 2, "--only", "RayShell,ipykernel", "--json", json)
            .succeeded()
            .output();
    List<String> turns =
        printed
            .lines()
            .filter(line -> line.contains(" of "))
            .map(line -> line.replaceFirst(" {2}[0-9.]+ s$", ""))
            .toList();
    assertEquals(
        List.of(
            "1/2 assist of RayShell",
            "1/2 assist of ipykernel",
            "2/2 assist of ipykernel",
            "2/2 assist of RayShell"),
        turns);
    assertTrue(printed.contains("|  | RayShell | ipykernel | ipykernel : RayShell |"), printed);
    assertTrue(printed.contains("| is_complete, ms | "), printed);
    JsonObject out = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertEquals(
        List.of("RayShell", "ipykernel"), List.copyOf(out.getAsJsonObject("versions").keySet()));
    for (JsonElement metric : out.getAsJsonArray("metrics")) {
      assertEquals(
          2,
          metric.getAsJsonObject().getAsJsonObject("samples").getAsJsonArray("RayShell").size(),
          metric::toString);
    }
    assertTrue(out.getAsJsonArray("failures").isEmpty(), out::toString);
  }

  @Test
  void measuresTasksByAProgramOfTheirOwn() throws IOException, URISyntaxException {
    Path jar = Path.of(TaskRows.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    sandbox.with("RAYSHELL_BENCHMARKS_JAR", jar.toString());
    Path json = sandbox.folder().resolve("out.json");
    String printed =
        bench("init", "memory", "--rounds", 1, "--only", "RayShell", "--json", json)
            .succeeded()
            .output();
    assertTrue(printed.contains("| init to first result, s | "), printed);
    assertTrue(printed.contains("| an idle worker (PSS), MB | "), printed);
    JsonObject out = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertTrue(out.getAsJsonArray("failures").isEmpty(), out::toString);
    assertEquals(4, out.getAsJsonArray("metrics").size(), out::toString);
  }

  @Test
  void tellsWhichGroupsRowsAreOf() throws IOException {
    assertEquals("kernel", bench("--groups", "cells").succeeded().output().strip());
    assertEquals("kernel tasks", bench("--groups", "cells", "waits").succeeded().output().strip());
    assertEquals("cluster kernel parts tasks", bench("--groups").succeeded().output().strip());
  }

  @Test
  void aProgramThatFailsIsToldOf() throws IOException {
    sandbox.with("RAYSHELL_BENCHMARKS_JAR", "/nowhere");
    Outcome outcome = bench("waits", "--rounds", 1, "--only", "RayShell");
    assertEquals(1, outcome.code(), outcome::toString);
    assertTrue(
        outcome.output().contains("waits of RayShell: Failed: exit code 1"), outcome::toString);
  }

  @Test
  void namesWhatThereIsInsteadOfAnUnknownRow() throws IOException {
    Outcome outcome = bench("nothing");
    assertEquals(2, outcome.code(), outcome::toString);
    assertTrue(
        outcome.onlyLine().contains("'nothing'; there are: kernel, tasks, parts, cluster, start"),
        outcome::toString);
    assertFalse(outcome.output().contains("Traceback"), outcome::toString);
    assertEquals(2, bench("start", "--only", "nobody").code());
  }
}
