package org.rayshell.cluster.testing;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedCluster.class)
class SharedClusterTest {
  @Test
  void oneForAll(RayCluster first, RayCluster second) throws IOException {
    assertSame(first, second);
    assertTrue(RayDriver.run(first, WorkersJava.class).contains("workers run Java "));
  }
}
