package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    for (String part : List.of("/dashboard.js", "/dashboard.css", "/icon.svg")) {
      assertTrue(page.body().contains(part.substring(1)), part);
      assertEquals(200, Http.get(base(), part).status(), part);
    }
    assertTrue(page.headers().contains("default-src 'self'; frame-ancestors 'self'"));
    assertTrue(page.headers().contains("nosniff"));
    assertFalse(page.headers().contains("Access-Control"));
  }

  @Test
  void thePageNeedsNoOtherMachine() throws IOException {
    for (String part : List.of("/", "/dashboard.js", "/dashboard.css")) {
      assertFalse(Http.get(base(), part).body().matches("(?s).*(https?:)?//[a-z].*\\.[a-z].*"));
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
    assertEquals(
        201,
        summary.at("workers").getAsJsonArray().get(0).getAsJsonObject().get("pid").getAsLong());
    assertEquals(
        "failed",
        summary.at("rows").getAsJsonArray().get(0).getAsJsonObject().get("state").getAsString());
    assertFalse(summary.body().contains("</script>"));
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
  @ValueSource(strings = {"window=x", "window=-1", "window=99999999999"})
  void aBadQueryIsRefusedByName(String query) throws IOException {
    Http.Answer answer = Http.get(base(), "/api/v1/summary?" + query);
    assertEquals(400, answer.status());
    assertEquals("bad_request", answer.at("error", "code").getAsString());
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
  void openPagesLearnOfTheEnd() throws Exception {
    String base = base();
    try (Http.Asked end = Http.begin(base, "GET", "/api/v1/end")) {
      // Connections are accepted in their order: when this one is answered, the first was accepted.
      assertEquals(200, Http.get(base, "/healthz").status());
      server.close();
      Http.Answer answer = end.answer();
      assertTrue(answer.at("ended").getAsBoolean());
      assertEquals(4, answer.at("tasks").getAsInt());
      assertEquals(1, answer.at("failed").getAsInt());
    } finally {
      server = DashboardServer.start(view, 0);
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    server.close();
  }
}
