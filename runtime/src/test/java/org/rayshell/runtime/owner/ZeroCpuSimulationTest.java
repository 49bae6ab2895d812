package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that ask for no CPU. */
class ZeroCpuSimulationTest {
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void noMoreThanFourForEachCpuRunAtOnce() {
    for (int seed = 0; seed < 50; seed++) {
      assertEquals(8, mostRunning(seed, 2), "seed=" + seed);
      assertEquals(16, mostRunning(seed, 4), "seed=" + seed);
    }
  }

  private static int mostRunning(int seed, int cpus) {
    SimulatedCluster cluster = new SimulatedCluster(seed, cpus, 100);
    // Long enough for as many workers to come up as may.
    cluster.duration = _ -> MINUTE;
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      results.add(cluster.submit(tree(0, 0, ENDLESS.numCpus(0))));
    }
    cluster.want(results);
    assertTrue(
        cluster.time.runUntil(
            () -> results.stream().allMatch(r -> r.outcome() != null), 60 * MINUTE));
    return cluster.mostRunning;
  }
}
