package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.number;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.runtime.wire.Outcome;

/** Workers that are stopped, in many interleavings: who is killed for it, and who is not. */
class HealthCheckSimulationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private static void await(SimulatedCluster cluster, ObjectState state, String hint) {
    cluster.want(List.of(state));
    assertTrue(
        cluster.time.runUntil(() -> state.outcome() != null, 10 * MINUTE),
        () -> hint + ": still pending: " + cluster.raylet.workers());
  }

  /** How those ended that did not leave by themselves. */
  private static List<String> killed(SimulatedCluster cluster) {
    return cluster.raylet.workers().stream()
        .map(WorkerInfo::exit)
        .filter(exit -> exit != null && !exit.equals("exit code 0"))
        .toList();
  }

  private static String anyWorker(SimulatedCluster cluster) {
    List<String> names = cluster.workers.keySet().stream().sorted().toList();
    return names.isEmpty() ? null : names.get(cluster.time.random.nextInt(names.size()));
  }

  /** Stops five workers in the middle of trees; some go on, after any time. */
  private static void treesEndThoughWorkersAreStopped(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(cluster.submit(tree(2, 2, ENDLESS)));
    }
    for (int i = 0; i < 5; i++) {
      cluster.time.schedule(
          cluster.time.random.nextInt(60_000_000),
          () -> {
            String name = anyWorker(cluster);
            if (name != null && cluster.workers.get(name).held == null) {
              cluster.stop(name);
              if (cluster.time.random.nextBoolean()) {
                long later = (long) (cluster.time.random.nextDouble() * 20 * SECOND);
                cluster.time.schedule(later, () -> cluster.goOn(name));
              }
            }
          });
    }
    for (ObjectState result : results) {
      await(cluster, result, "seed=" + seed);
      assertEquals(7, number(result.outcome()), "seed=" + seed);
    }
    assertTrue(
        cluster.time.runUntil(
            () -> cluster.raylet.available().equals(cluster.raylet.total()), MINUTE),
        () -> "seed=" + seed + ": not given back: " + cluster.raylet.available());
  }

  @Test
  void treesEndThoughWorkersAreStopped() {
    for (int seed = 0; seed < 500; seed++) {
      treesEndThoughWorkersAreStopped(seed);
    }
  }

  @Test
  @Tag("campaign")
  void treesEndThoughWorkersAreStoppedInManyMoreInterleavings() {
    for (int seed = 500; seed < 50_000; seed++) {
      treesEndThoughWorkersAreStopped(seed);
    }
  }

  @Test
  void aTaskOfAStoppedWorkerFailsWithTheReasonIfNoRetryIsLeft() {
    SimulatedCluster cluster = new SimulatedCluster(1, 1, 100);
    ObjectState result = cluster.submit(tree(0, 0, TaskOptions.defaults().maxRetries(0)));
    cluster.time.runUntil(
        () -> cluster.workers.values().stream().anyMatch(w -> w.running != null), MINUTE);
    cluster.stop("w1");
    long stopped = cluster.time.epochNs();
    await(cluster, result, "stopped");
    assertEquals(Outcome.Kind.WORKER_CRASHED, result.outcome().kind());
    String message = result.outcome().message();
    assertTrue(message.contains("signal 9 (SIGKILL): it had answered nothing for 10.0 s"), message);
    assertTrue(message.contains("rayshell.worker.healthCheckTimeoutMs"), message);
    long took = cluster.time.epochNs() - stopped;
    assertTrue(took >= 10 * SECOND && took < 15 * SECOND, () -> "took=" + took);
  }

  @Test
  void whoGoesOnWithinThePatienceIsKept() {
    for (int seed = 0; seed < 100; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      ObjectState result = cluster.submit(tree(1, 2, TaskOptions.defaults().maxRetries(0)));
      cluster.want(List.of(result));
      for (long at = SECOND; at < 5 * MINUTE; at += 20 * SECOND) {
        cluster.time.schedule(
            at,
            () -> {
              String name = anyWorker(cluster);
              cluster.stop(name);
              cluster.time.schedule(
                  (long) (cluster.time.random.nextDouble() * 9 * SECOND), () -> cluster.goOn(name));
            });
      }
      cluster.time.runUntil(() -> false, 6 * MINUTE);
      assertTrue(result.outcome().isValue(), "seed=" + seed);
      assertEquals(List.of(), killed(cluster), "seed=" + seed);
    }
  }

  @Test
  void aMachineThatSleepsIsNoFaultOfTheWorkers() {
    for (int seed = 0; seed < 100; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      for (int i = 0; i < 50; i++) {
        long at = (long) (cluster.time.random.nextDouble() * 5 * MINUTE);
        cluster.time.schedule(at, () -> cluster.time.sleep(60 * MINUTE));
      }
      cluster.time.runUntil(() -> false, (50 * 60 + 10) * MINUTE);
      assertEquals(List.of(), killed(cluster), "seed=" + seed);
    }
  }

  @Test
  void aWorkerThatNeverConnectsIsReplaced() {
    SimulatedCluster hangs = new SimulatedCluster(1, 2, 100, 2);
    ObjectState result = hangs.submit(tree(2, 2, ENDLESS));
    await(hangs, result, "no worker connects");
    assertEquals(7, number(result.outcome()));
    assertEquals(
        List.of(
            "signal 9 (SIGKILL): it did not connect within 60.0 s",
            "signal 9 (SIGKILL): it did not connect within 60.0 s"),
        killed(hangs));
  }
}
