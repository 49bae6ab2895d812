package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.runtime.view.CellPage;
import org.rayshell.runtime.view.TaskState;

class DashboardServerTest {
  private static final SameUser NEVER_SURE = new SameUser(_ -> List.of());

  private final FakeView view = FakeView.small();
  private DashboardServer server = DashboardServer.start(view, 0);

  @AfterEach
  void nothingIsLeft() {
    String url = server.url();
    server.close();
    assertThrows(ConnectException.class, () -> Http.get(url.replaceAll("/\\?.*", ""), "/"));
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread ->
                thread.isAlive()
                    && (thread.getName().startsWith("rayshell-dashboard")
                        || thread.getName().equals("HTTP-Dispatcher"))));
  }

  private void restart(SameUser sameUser, Map<String, String> environment) {
    server.close();
    server = DashboardServer.start(view, 0, sameUser, environment);
  }

  private String base() {
    return server.url().replaceAll("/\\?.*", "");
  }

  private int port() {
    return URI.create(server.url()).getPort();
  }

  @Test
  void thePageAndItsPartsAreThere() throws IOException {
    Http.Answer page = Http.get(base(), "/");
    assertEquals(200, page.status());
    assertTrue(page.headers().contains("text/html; charset=utf-8"));
    assertTrue(page.body().contains("<h1>RayShell"));
    for (String part : List.of("/assets/app.js", "/assets/style.css", "/assets/icon.svg")) {
      assertTrue(page.body().contains(part.substring(1)), part);
      assertEquals(200, Http.get(base(), part).status(), part);
    }
    assertTrue(page.headers().contains("default-src 'self'; frame-ancestors 'self'"));
    assertTrue(page.headers().contains("nosniff"));
    assertFalse(page.headers().contains("Access-Control"));
  }

  @Test
  void thePageNeedsNoOtherMachine() throws IOException {
    for (String part : List.of("/", "/assets/app.js", "/assets/live.js", "/assets/style.css")) {
      assertFalse(
          Http.get(base(), part).body().matches("(?s).*(https?:)?//[a-z]+\\.[a-z].*"), part);
    }
  }

  @Test
  void theSummaryTellsTasksWorkersAndResources() throws IOException {
    Http.Answer summary = Http.get(base(), "/api/v1/summary");
    assertEquals(200, summary.status());
    assertEquals(4, summary.at("tasks", "total").getAsInt());
    assertEquals(1, summary.at("tasks", "finished").getAsInt());
    assertEquals(1, summary.at("tasks", "running").getAsInt());
    assertEquals(1, summary.at("tasks", "queued").getAsInt());
    assertEquals(1, summary.at("tasks", "failed").getAsInt());
    assertEquals("[1.0,2.0]", summary.at("resources", "CPU").toString());
    assertEquals(1, summary.at("workers", "running").getAsInt());
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Http.Answer answer = Http.get(base(), "/api/v1/nonsense");
    assertEquals(404, answer.status());
    assertEquals(
        "there is nothing here: path=/api/v1/nonsense",
        answer.at("error", "message").getAsString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeline?window=x",
        "timeline?window=-1",
        "timeline?bins=0",
        "timeline?from=tomorrow",
        "tasks?state=odd",
        "tasks?sort=odd",
        "tasks?limit=0",
        "tasks?cursor=-1",
        "functions?sort=odd",
        "objects?sort=odd",
        "logs?worker=999",
        "logs?task=xyz",
        "logs?worker=201&file=secret",
        "logs?file=err",
        "events?every=1",
        "events?of=odd"
      })
  void aBadQueryIsRefusedByName(String query) throws IOException {
    Http.Answer answer = Http.get(base(), "/api/v1/" + query);
    assertEquals(400, answer.status());
    assertEquals("bad_request", answer.at("error", "code").getAsString());
    String message = answer.at("error", "message").getAsString();
    String last = query.substring(Math.max(query.lastIndexOf('&'), query.indexOf('?')) + 1);
    assertTrue(message.contains(last.replace("file=err", "worker=PID")), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void nothingCanBeChanged(String method) throws IOException {
    Http.Answer answer = Http.ask(base(), method, "/api/v1/summary", "Content-Length: 0");
    assertEquals(405, answer.status());
    assertTrue(answer.headers().contains("Allow: GET, HEAD"));
  }

  @Test
  void aForeignHostNameIsRefused() throws IOException {
    for (String host :
        List.of("evil.example", "evil.example:" + port(), "127.0.0.1:1", "127.0.0.1")) {
      Http.Answer answer = Http.get(base(), "/api/v1/summary", "Host: " + host);
      assertEquals(403, answer.status(), host);
      assertEquals("foreign_host", answer.at("error", "code").getAsString());
    }
    assertEquals(200, Http.get(base(), "/", "Host: localhost:" + port()).status());
  }

  @Test
  void aForeignOriginIsRefused() throws IOException {
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:8888")) {
      Http.Answer answer = Http.get(base(), "/api/v1/summary", "Origin: " + origin);
      assertEquals(403, answer.status(), origin);
      assertEquals("foreign_origin", answer.at("error", "code").getAsString());
    }
    assertEquals(200, Http.get(base(), "/api/v1/summary", "Origin: " + base()).status());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theJupyterThatRunsTheKernelMayAskUnderItsOwnName() throws IOException {
    // The peer of these requests is this process.
    String own = Long.toString(ProcessHandle.current().pid());
    restart(new SameUser(), Map.of("JPY_PARENT_PID", own));
    String host = "Host: jupyter.example:8888";
    assertEquals(200, Http.get(base(), "/", host).status());
    assertEquals(200, Http.get(base(), "/", host, "Origin: https://jupyter.example:8888").status());
    assertEquals(403, Http.get(base(), "/", host, "Origin: https://evil.example").status());
    for (String other : List.of("1", Long.toString(ProcessHandle.current().parent().get().pid()))) {
      restart(new SameUser(), Map.of("JPY_PARENT_PID", other));
      assertEquals(403, Http.get(base(), "/", host).status(), other);
      assertEquals(200, Http.get(base(), "/").status(), other);
    }
    restart(new SameUser(), Map.of("JPY_PARENT_PID", "none"));
    assertEquals(403, Http.get(base(), "/", host).status());
  }

  @Test
  void whoeverIsNotSurelyTheSameUserNeedsTheToken() throws IOException {
    restart(NEVER_SURE, Map.of());
    String link = server.url();
    assertTrue(link.contains("/?token="), link);
    Http.Answer refused = Http.get(base(), "/api/v0/tasks");
    assertEquals(403, refused.status());
    assertTrue(refused.body().contains("private to the user who runs it"));
    assertEquals(403, Http.get(base(), "/?token=guess").status());

    Http.Answer page = Http.get(base(), link.substring(base().length()));
    assertEquals(200, page.status());
    String cookie = page.headers().replaceAll("(?is).*set-cookie: ([^;]+);.*", "$1");
    assertTrue(page.headers().contains("HttpOnly; SameSite=Strict"));
    assertEquals(200, Http.get(base(), "/api/v0/tasks", "Cookie: a=b; " + cookie).status());
  }

  @Test
  void behindAHubOnlyTheTokenCounts() throws IOException {
    restart(
        new SameUser(),
        Map.of("JUPYTERHUB_USER", "ann", "JUPYTERHUB_SERVICE_PREFIX", "/user/ann/"));
    assertEquals(403, Http.get(base(), "/", "Host: hub.example").status());
    String path = server.url().substring(base().length());
    Http.Answer page = Http.get(base(), path, "Host: hub.example");
    assertEquals(200, page.status());
    assertTrue(page.headers().contains("Path=/user/ann/proxy/" + port() + "/"));
  }

  @Test
  void theNextPortIsTakenAndSaidSo() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      server.close();
      server = DashboardServer.start(view, other.getLocalPort());
      assertNotEquals(other.getLocalPort(), port());
      assertEquals(other.getLocalPort() + " is used by another program", server.note());
      assertEquals(200, Http.get(base(), "/healthz").status());
    }
  }

  @Test
  void thereIsNoNoteWithoutNeed() {
    assertNull(server.note());
    assertTrue(server.url().matches("http://127\\.0\\.0\\.1:\\d+"), server.url());
  }

  @Test
  void everyPageFindsItsRootWhereverAProxyPutsIt() throws IOException {
    for (String path : List.of("/", "/tasks", "/workers", "/objects", "/logs")) {
      Http.Answer page = Http.get(base(), path);
      assertEquals(200, page.status(), path);
      assertTrue(page.body().contains("<base href=\"./\">"), path);
      assertTrue(page.headers().contains("text/html"), path);
    }
    assertTrue(Http.get(base(), "/tasks/1234").body().contains("<base href=\"../\">"));
    assertTrue(Http.get(base(), "/tasks/").body().contains("<base href=\"../\">"));
    assertEquals(404, Http.get(base(), "/tasks/1/2").status());
    assertEquals(404, Http.get(base(), "/assets/../Pages.class").status());
    assertEquals(404, Http.get(base(), "/assets/ray.css").status());
  }

  @Test
  void theRootKnowsItselfWithoutItsLastSlashWhereTheProxyTellsIt() throws IOException {
    String prefix = "X-Forwarded-Prefix: /user/ann/proxy/8265";
    assertTrue(
        Http.get(base(), "/", prefix).body().contains("<base href=\"/user/ann/proxy/8265/\">"));
    assertTrue(Http.get(base(), "/tasks", prefix).body().contains("<base href=\"./\">"));
    for (String odd : List.of("//evil.example", "/a\"><script>", "https://evil.example", "/")) {
      String page = Http.get(base(), "/", "X-Forwarded-Prefix: " + odd).body();
      assertTrue(page.contains("<base href=\"./\">"), odd);
    }
  }

  @Test
  void thePageIsSmall() throws IOException {
    Set<String> parts = new TreeSet<>(List.of("index.html"));
    Set<String> done = new HashSet<>();
    int bytes = 0;
    while (!done.containsAll(parts)) {
      for (String part : List.copyOf(parts)) {
        if (done.add(part)) {
          String path = part.equals("index.html") ? "/" : "/assets/" + part;
          String body = Http.get(base(), path).body();
          bytes += body.getBytes(StandardCharsets.UTF_8).length;
          Pattern.compile("(?:\\./|assets/)([a-z]+\\.(?:js|css))")
              .matcher(body)
              .results()
              .forEach(each -> parts.add(each.group(1)));
        }
      }
    }
    assertTrue(parts.size() > 12, parts::toString);
    assertTrue(bytes < 60 * 1024, "bytes=" + bytes);
  }

  @Test
  void aListThatIsKnownIsNotSentAgain() throws IOException {
    Http.Answer first = Http.get(base(), "/api/v1/tasks?state=finished");
    assertEquals(200, first.status());
    String tag = first.headers().replaceAll("(?is).*\netag: ([^\r]+).*", "$1");
    Http.Answer second =
        Http.get(base(), "/api/v1/tasks?state=finished", "If-None-Match: \"x\", " + tag);
    assertEquals(304, second.status());
    assertEquals("", second.body());
    view.task(9, "g", TaskState.FINISHED, 201, 1, 2, 0, null);
    assertEquals(
        200, Http.get(base(), "/api/v1/tasks?state=finished", "If-None-Match: " + tag).status());
  }

  @Test
  void headersAloneCanBeAskedFor() throws IOException {
    for (String path : List.of("/", "/api/v1/tasks", "/api/v1/events")) {
      Http.Answer answer = Http.ask(base(), "HEAD", path);
      assertEquals(200, answer.status(), path);
      assertEquals("", answer.body(), path);
    }
  }

  @Test
  void functionsAreSummedUp() throws IOException {
    Http.Answer answer = Http.get(base(), "/api/v1/functions?sort=function");
    JsonObject boom = answer.at("functions").getAsJsonArray().get(0).getAsJsonObject();
    assertEquals("boom", boom.get("function").getAsString());
    assertEquals(1, boom.get("failed").getAsInt());
    JsonObject slow = answer.at("functions").getAsJsonArray().get(1).getAsJsonObject();
    assertEquals(3, slow.get("total").getAsInt());
    assertEquals(2.0, slow.get("medianNs").getAsLong() / 1e9, 0.1);
    assertEquals(1.5 / 8, slow.get("cpuShare").getAsDouble(), 0.001);
  }

  @Test
  void workersTellWhatTheyDo() throws IOException {
    var workers = Http.get(base(), "/api/v1/workers").at("workers").getAsJsonArray();
    JsonObject first = workers.get(0).getAsJsonObject();
    assertEquals(201, first.get("pid").getAsLong());
    assertEquals("running", first.get("state").getAsString());
    assertEquals("slowFunction", first.get("function").getAsString());
    JsonObject dead = workers.get(1).getAsJsonObject();
    assertEquals("dead", dead.get("state").getAsString());
    assertEquals("signal 9", dead.get("exit").getAsString());
  }

  @Test
  void aTaskAndTheTasksOfACellTellWhereTheCellIs() throws IOException {
    String id = view.tasks().getFirst().taskId();
    assertTrue(Http.get(base(), "/api/v1/tasks/" + id).at("cellPage").isJsonNull());
    assertTrue(Http.get(base(), "/api/v1/tasks?cell=7").at("cellPage").isJsonNull());
    view.cellPage = new CellPage("http://localhost:8888/", "lab/tree/a.ipynb#cell-id=b");
    for (String path : List.of("/api/v1/tasks/" + id, "/api/v1/tasks?cell=7")) {
      Http.Answer answer = Http.get(base(), path);
      assertEquals("http://localhost:8888/", answer.at("cellPage", "server").getAsString());
      assertEquals("lab/tree/a.ipynb#cell-id=b", answer.at("cellPage", "path").getAsString());
    }
    for (String path : List.of("/api/v1/tasks", "/api/v1/tasks?cell=8")) {
      assertTrue(Http.get(base(), path).at("cellPage").isJsonNull(), path);
    }
  }

  @Test
  void howManyFrontEndsHaveConnectedIsTold() throws IOException {
    assertEquals(0, Http.get(base(), "/api/v1/notebook").at("frontEnds").getAsLong());
    view.frontEnds = 3;
    assertEquals(3, Http.get(base(), "/api/v1/notebook").at("frontEnds").getAsLong());
  }

  @Test
  void aTaskThatIsNotListedIsNamed() throws IOException {
    Http.Answer answer = Http.get(base(), "/api/v1/tasks/" + "ab".repeat(24));
    assertEquals(404, answer.status());
    assertEquals("no_such_task", answer.at("error", "code").getAsString());
    assertTrue(answer.at("error", "message").getAsString().endsWith("id=" + "ab".repeat(24)));
  }

  @Test
  void closingTwiceIsHarmless() {
    server.close();
  }
}
