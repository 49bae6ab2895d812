package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardLinksTest {
  private static final String ID = "ab".repeat(24);

  @Test
  void pagesHaveTheirPaths() {
    DashboardLinks links = DashboardLinks.of("http://127.0.0.1:8265", Map.of());
    assertEquals("http://127.0.0.1:8265/", links.overview());
    assertEquals("http://127.0.0.1:8265/tasks", links.tasks());
    assertEquals("http://127.0.0.1:8265/logs", links.logs());
    assertEquals("http://127.0.0.1:8265/tasks?cell=7", links.cell("In [7]"));
    assertEquals("http://127.0.0.1:8265/tasks?cell=a+%26+b", links.cell("a & b"));
    assertEquals("http://127.0.0.1:8265/tasks?state=failed", links.state("failed"));
    assertEquals("http://127.0.0.1:8265/tasks/" + ID, links.task(ID));
    assertEquals("http://127.0.0.1:8265/logs?worker=4711", links.worker(4711));
  }

  @Test
  void theTokenGoesAlong() {
    DashboardLinks links = DashboardLinks.of("http://127.0.0.1:8265/?token=s", Map.of());
    assertEquals("http://127.0.0.1:8265/?token=s", links.overview());
    assertEquals("http://127.0.0.1:8265/tasks?cell=7&token=s", links.cell("In [7]"));
    assertEquals("http://127.0.0.1:8265/tasks?token=s", links.tasks());
    assertEquals("http://127.0.0.1:8265/tasks/" + ID + "?token=s", links.task(ID));
  }

  @Test
  void behindAHubTheyArePathsOfItsProxy() {
    Map<String, String> hub =
        Map.of("JUPYTERHUB_USER", "x", "JUPYTERHUB_SERVICE_PREFIX", "/user/x/");
    DashboardLinks links = DashboardLinks.of("http://127.0.0.1:8266/?token=s", hub);
    assertEquals("/user/x/proxy/8266/?token=s", links.overview());
    assertEquals("/user/x/proxy/8266/tasks?state=failed&token=s", links.state("failed"));
  }
}
