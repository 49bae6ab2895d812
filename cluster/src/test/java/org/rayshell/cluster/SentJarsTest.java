package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.Ray;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.SharedCluster;

/** A cluster whose machines do not see the files of the session's. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedCluster.class)
class SentJarsTest {
  private static final String SENT = "rayshell.cluster.sendJars";

  @AfterEach
  void leave() {
    Ray.shutdown();
    System.clearProperty(SENT);
  }

  @Test
  void workersHaveTheSessionsJarsFromTheGateway(RayCluster cluster) {
    System.setProperty(SENT, "true");
    Ray.init(cluster.options());
    assertEquals(
        new Jobs.Point(2, List.of("a", "moved")),
        Ray.get(Ray.task(Jobs::moved, new Jobs.Point(1, List.of("a"))).remote()));
    String from = Ray.get(Ray.task(Jobs::home, 0).remote());
    assertTrue(from.contains("/runtime_resources/java_jars_files/"), from);
  }
}
