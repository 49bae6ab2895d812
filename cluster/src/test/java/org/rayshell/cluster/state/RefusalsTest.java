package org.rayshell.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers that no dashboard of a real cluster gives when it is asked to. */
class RefusalsTest {
  @Test
  void refusedByRay() throws IOException {
    assertRefused(
        500,
        "{\"result\": false, \"msg\": \"Failed to get nodes\", \"data\": {}}",
        "refused api/cluster_status: Failed to get nodes");
  }

  @Test
  void anotherServer() throws IOException {
    assertRefused(
        404, "<html>", "has no api/cluster_status: a Ray older than 2.40, or not Ray's dashboard");
    assertRefused(
        200,
        "<html>\n  <title>Hello</title>",
        "answered api/cluster_status with something else than Ray's JSON (HTTP status=200):"
            + " <html> <title>Hello</title>");
    assertRefused(
        502,
        "{ no JSON",
        "answered api/cluster_status with something else than Ray's JSON (HTTP status=502): { no"
            + " JSON");
  }

  @Test
  void closedToUs() throws IOException {
    assertRefused(403, "Go away", "lets nobody from here in (HTTP status=403): Go away");
  }

  @Test
  void noAddress() {
    for (String address : new String[] {"", "some where", "host:port"}) {
      assertEquals(
          "a dashboard's address is host:port: address=" + address,
          assertThrows(ClusterStateException.class, () -> new RayStateClient(address, ""))
              .getMessage());
    }
  }

  private static void assertRefused(int status, String body, String message) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(any, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    String address = "127.0.0.1:" + server.getAddress().getPort();
    try (RayStateClient client = new RayStateClient(address, "")) {
      assertEquals(
          "the dashboard at http://" + address + "/ " + message,
          assertThrows(ClusterStateException.class, client::nodes).getMessage());
    } finally {
      server.stop(0);
    }
  }
}
