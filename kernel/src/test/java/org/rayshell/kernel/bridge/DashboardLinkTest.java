package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardLinkTest {
  private static final Map<String, String> HUB =
      Map.of("JUPYTERHUB_SERVICE_PREFIX", "/user/ada/", "JUPYTERHUB_USER", "ada");

  @Test
  void leadsToThePagesOfTheDashboard() {
    DashboardLink link = DashboardLink.of("http://127.0.0.1:8265", Map.of());
    assertEquals("http://127.0.0.1:8265/", link.home());
    assertEquals("http://127.0.0.1:8265/tasks/ab12", link.task("ab12"));
    assertEquals("http://127.0.0.1:8265/tasks?cell=In%20%5B7%5D", link.tasks("In [7]"));
    assertEquals("http://127.0.0.1:8265/tasks", link.tasks(null));
  }

  @Test
  void carriesTheToken() {
    DashboardLink link = DashboardLink.of("http://127.0.0.1:8266/?token=x1", Map.of());
    assertEquals("http://127.0.0.1:8266/?token=x1", link.home());
    assertEquals("http://127.0.0.1:8266/tasks/ab12?token=x1", link.task("ab12"));
    assertEquals("http://127.0.0.1:8266/tasks?token=x1", link.tasks(null));
    assertEquals("http://127.0.0.1:8266/tasks?cell=In%20%5B7%5D&token=x1", link.tasks("In [7]"));
  }

  @Test
  void goesByTheProxyOfAHub() {
    DashboardLink link = DashboardLink.of("http://127.0.0.1:8265/?token=x1", HUB);
    assertEquals("/user/ada/proxy/8265/?token=x1", link.home());
    assertEquals("/user/ada/proxy/8265/tasks/ab12?token=x1", link.task("ab12"));
    assertEquals(
        "/user/ada/proxy/8265/?token=x1",
        DashboardLink.of("/user/ada/proxy/8265/?token=x1", HUB).home(),
        "an address that is the hub's already stays as it is");
  }
}
