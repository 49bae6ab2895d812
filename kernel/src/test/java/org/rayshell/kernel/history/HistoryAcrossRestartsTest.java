package org.rayshell.kernel.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.EchoEngine;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.TestClient;

/** The history of kernels as front ends see it; with SQLite in the kernels' own processes. */
class HistoryAcrossRestartsTest {
  @TempDir Path directory;

  private KernelProcess start(Path history) {
    return KernelProcess.start(
        EchoEngine.class.getName(),
        Map.of("RAYSHELL_HISTORY", history.toString()),
        "-Djava.io.tmpdir=" + directory.resolve("tmp"));
  }

  private static JsonArray ask(TestClient client, String content) {
    return client.ask("history_request", content).content().getAsJsonArray("history");
  }

  private static void shutDown(TestClient client, KernelProcess kernel) {
    client.control("shutdown_request", TestClient.json("{'restart': true}"));
    assertEquals("shutdown_reply", client.nextControl().header().type());
    assertEquals(0, kernel.awaitExit());
  }

  @Test
  void theNextKernelKnowsWhatRanAndNothingElseIsLeft() throws Exception {
    Path file = directory.resolve("kept").resolve("history.sqlite");
    Files.createDirectory(directory.resolve("tmp"));
    try (KernelProcess kernel = start(file);
        TestClient client = TestClient.connect(kernel)) {
      client.execute("echo a");
      client.execute("print b");
      // Asked for early, since a kernel that ends does not wait long for a busy disk.
      assertEquals(2, ask(client, "{'hist_access_type': 'tail'}").size());
      shutDown(client, kernel);
    }
    try (KernelProcess kernel = start(file);
        TestClient client = TestClient.connect(kernel)) {
      client.execute("echo c");
      assertEquals(
          "[[1,1,[\"echo a\",\"a\"]],[1,2,[\"print b\",null]],[2,1,[\"echo c\",\"c\"]]]",
          ask(client, "{'hist_access_type': 'tail', 'n': 9, 'output': true}").toString());
      assertEquals(
          "[[1,2,\"print b\"]]",
          ask(client, "{'hist_access_type': 'range', 'session': -1, 'start': 2}").toString());
      assertEquals(
          "[[1,1,\"echo a\"]]",
          ask(client, "{'hist_access_type': 'search', 'pattern': '*a'}").toString());
      shutDown(client, kernel);
    }
    try (var left = Files.list(directory.resolve("tmp"))) {
      assertEquals(List.of(), left.toList());
    }
    try (var kept = Files.list(file.getParent())) {
      assertEquals(List.of(file), kept.toList());
    }
  }

  @Test
  void aPlaceThatCannotBeUsedIsSaidOnceAndCostsNothingElse() throws Exception {
    Files.createDirectory(directory.resolve("tmp"));
    Path file = Files.writeString(directory.resolve("file"), "x").resolve("history.sqlite");
    try (KernelProcess kernel = start(file);
        TestClient client = TestClient.connect(kernel)) {
      client.execute("echo a");
      assertEquals("[[1,1,\"echo a\"]]", ask(client, "{}").toString());
      client.execute("echo b");
      assertEquals(2, ask(client, "{}").size());
      String said = kernel.stderr();
      assertEquals(1, said.lines().filter(l -> l.contains("the history is not kept")).count());
      assertTrue(said.contains(file.toString()), said);
    }
  }

  @Test
  void withoutARequestTheFirstCellLoadsNothing() throws Exception {
    Files.createDirectory(directory.resolve("tmp"));
    Path file = directory.resolve("history.sqlite");
    try (KernelProcess kernel =
            KernelProcess.start(
                EchoEngine.class.getName(),
                Map.of("RAYSHELL_HISTORY", file.toString()),
                "-Xlog:class+load:stdout");
        TestClient client = TestClient.connect(kernel)) {
      client.ask("kernel_info_request", "{}");
      assertFalse(kernel.stdout().contains("org.sqlite"));
      client.execute("echo a");
      ask(client, "{}");
      assertTrue(kernel.stdout().contains("org.sqlite"));
    }
  }
}
