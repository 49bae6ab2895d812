package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.wire.Outcome;

/** Tasks whose workers are started with an environment of their own. */
class EnvironmentSimulationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RuntimeEnv BAD = RuntimeEnv.create().jvmOptions(SimulatedCluster.BAD_OPTION);

  private static TaskOptions only(String prefix) {
    return ENDLESS.runtimeEnv(RuntimeEnv.create().env("ONLY", prefix));
  }

  private static void await(SimulatedCluster cluster, List<ObjectState> states, String hint) {
    cluster.want(states);
    assertTrue(
        cluster.time.runUntil(
            () -> states.stream().allMatch(s -> s.outcome() != null), 100 * SECOND),
        () -> hint + ": still pending: " + cluster.raylet.workers());
  }

  private static void awaitRest(SimulatedCluster cluster, String hint) {
    assertTrue(
        cluster.time.runUntil(
            () ->
                cluster.raylet.aliveWorkers() == 2
                    && cluster.raylet.available().equals(cluster.raylet.total()),
            60 * SECOND),
        () -> hint + ": " + cluster.raylet.workers() + cluster.raylet.available());
  }

  @Test
  @Tag("campaign")
  void eachTaskRunsOnAWorkerOfItsOwnKindInManyMoreInterleavings() {
    for (int seed = 300; seed < 100_000; seed++) {
      eachTaskRunsOnAWorkerOfItsKind(seed);
    }
  }

  @Test
  void eachTaskRunsOnAWorkerOfItsOwnKindThoughWorkersDieAndRoomIsScarce() {
    for (int seed = 0; seed < 300; seed++) {
      eachTaskRunsOnAWorkerOfItsKind(seed);
    }
  }

  private static void eachTaskRunsOnAWorkerOfItsKind(int seed) {
    String hint = "seed=" + seed;
    int limit = 4 + seed % 3;
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, limit);
    cluster.deathsLoseMessages = true;
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      results.add(
          cluster.submit(
              switch (cluster.time.random.nextInt(4)) {
                case 0 -> tree("envA", 0, 0, only("envA"));
                case 1 -> tree("envB", 0, 0, only("envB").memory(600_000_000));
                case 2 -> tree("plain", cluster.time.random.nextInt(2), 2, ENDLESS);
                default -> tree("envC", 0, 0, only("envC"));
              }));
      if (i % 10 == 0) {
        cluster.time.schedule(
            cluster.time.random.nextInt(50_000_000),
            () -> {
              List<String> names = cluster.workers.keySet().stream().sorted().toList();
              if (!names.isEmpty()) {
                cluster.kill(names.get(cluster.time.random.nextInt(names.size())), "signal 9");
              }
            });
      }
    }
    await(cluster, results, hint);
    results.forEach(r -> assertTrue(r.outcome().isValue(), () -> hint + r.outcome()));
    assertTrue(cluster.mostAlive <= limit, hint + ", alive=" + cluster.mostAlive);
    awaitRest(cluster, hint);
  }

  @Test
  void workersThatDoNotStartFailTheTasksOfTheirKindAlone() {
    for (int seed = 0; seed < 100; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      List<ObjectState> good = new ArrayList<>();
      List<ObjectState> bad = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        bad.add(cluster.submit(tree("bad", 0, 0, ENDLESS.runtimeEnv(BAD))));
        good.add(cluster.submit(tree("good", 0, 0, ENDLESS)));
      }
      await(cluster, bad, "bad");
      for (ObjectState each : bad) {
        assertEquals(Outcome.Kind.REFUSED, each.outcome().kind());
        String message = each.outcome().message();
        assertTrue(message.contains("runtimeEnv: exit code 1\nno such class"), message);
        assertTrue(message.contains("jvmOptions=[" + SimulatedCluster.BAD_OPTION), message);
      }
      await(cluster, good, "good");
      assertTrue(good.stream().allMatch(r -> r.outcome().isValue()));
      assertTrue(cluster.started <= 2 + 3 * bad.size(), "started=" + cluster.started);
      awaitRest(cluster, "seed=" + seed);
    }
  }
}
