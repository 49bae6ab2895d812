package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.number;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.wire.Outcome;

/** Owners and the raylet in thousands of interleavings. */
class ClusterSimulationTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Map<String, Double> ALL = Map.of("CPU", 2.0, "gpu", 1.0, "memory", 1e9);

  private static void await(SimulatedCluster cluster, List<ObjectState> states, String hint) {
    cluster.want(states);
    assertTrue(
        cluster.time.runUntil(
            () -> states.stream().allMatch(s -> s.outcome() != null), 10 * MINUTE),
        () -> hint + ": still pending: " + cluster.raylet.workers());
  }

  private static void awaitAllFree(SimulatedCluster cluster, String hint) {
    assertTrue(
        cluster.time.runUntil(() -> cluster.raylet.available().equals(ALL), MINUTE),
        () -> hint + ": not given back: " + cluster.raylet.available());
  }

  @Test
  @Tag("campaign")
  void treesEndInManyMoreInterleavings() {
    for (int seed = 500; seed < 100_000; seed++) {
      treesEnd(seed);
      treesEndThoughWorkersDie(seed);
    }
  }

  @Test
  void treesOfTasksEndWhateverTheOrderOfMessages() {
    for (int seed = 0; seed < 500; seed++) {
      treesEnd(seed);
    }
  }

  private static void treesEnd(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(cluster.submit(tree(3, 2, ENDLESS)));
    }
    await(cluster, results, "seed=" + seed);
    for (ObjectState result : results) {
      assertEquals(15, number(result.outcome()), "seed=" + seed);
    }
    awaitAllFree(cluster, "seed=" + seed);
    assertFalse(cluster.driver.isNeeded());
  }

  @Test
  void treesEndThoughWorkersDieAllTheTime() {
    for (int seed = 0; seed < 500; seed++) {
      treesEndThoughWorkersDie(seed);
    }
  }

  @Test
  void whatADeadOwnerAskedForIsNotGranted() {
    // Here a request arrives after its sender's end.
    treesEndThoughWorkersDie(1142);
  }

  private static void treesEndThoughWorkersDie(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(cluster.submit(tree(2, 2, ENDLESS)));
    }
    for (int i = 0; i < 5; i++) {
      cluster.time.schedule(
          cluster.time.random.nextInt(60_000_000),
          () -> {
            List<String> names = cluster.workers.keySet().stream().sorted().toList();
            if (!names.isEmpty()) {
              cluster.kill(names.get(cluster.time.random.nextInt(names.size())), "signal 9");
            }
          });
    }
    await(cluster, results, "seed=" + seed);
    for (ObjectState result : results) {
      assertEquals(7, number(result.outcome()), "seed=" + seed);
    }
    awaitAllFree(cluster, "seed=" + seed);
  }

  @Test
  void sparesLeaveOnceTheyAreIdle() {
    for (int seed = 0; seed < 50; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      await(cluster, List.of(cluster.submit(tree(8, 1, ENDLESS))), "seed=" + seed);
      assertTrue(cluster.workers.size() > 2, "spares were started");
      assertTrue(
          cluster.time.runUntil(() -> cluster.raylet.aliveWorkers() == 2, MINUTE),
          "seed=" + seed + ": " + cluster.raylet.workers());
    }
  }

  @Test
  void aChainOfTasksDeeperThanTheLimitFailsAndSaysSo() {
    for (int seed = 0; seed < 50; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 5);
      ObjectState result = cluster.submit(tree(10, 1, ENDLESS));
      await(cluster, List.of(result), "seed=" + seed);
      assertEquals(Outcome.Kind.REFUSED, result.outcome().kind());
      assertTrue(result.outcome().message().contains("limit=5"), result.outcome().message());
      awaitAllFree(cluster, "seed=" + seed);
    }
  }

  @Test
  void notMoreTasksRunThanThereAreCpus() {
    for (int seed = 0; seed < 200; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        results.add(cluster.submit(tree(0, 0, ENDLESS)));
      }
      await(cluster, results, "seed=" + seed);
      assertEquals(2, cluster.mostRunning);
      assertEquals(2, cluster.started);
    }
  }

  @Test
  void theOtherWorkersAreStartedWhenTheFirstIsThereOrLateEvenIfItNeverIs() {
    for (int seed = 0; seed < 100; seed++) {
      for (int hanging = 0; hanging < 2; hanging++) {
        SimulatedCluster cluster = new SimulatedCluster(seed, 4, 100, hanging, 1);
        assertEquals(1, cluster.started);
        List<ObjectState> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          results.add(cluster.submit(tree(0, 0, ENDLESS)));
        }
        await(cluster, results, "seed=" + seed + ", hanging=" + hanging);
        assertTrue(
            cluster.time.runUntil(() -> cluster.started >= 4, MINUTE),
            () -> "not all were started: " + cluster.raylet.workers());
      }
    }
  }

  @Test
  void codeIsSentOncePerOwnerAndWorker() {
    for (int seed = 0; seed < 100; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        results.add(cluster.submit(tree(2, 2, ENDLESS)));
      }
      await(cluster, results, "seed=" + seed);
      Set<String> different = new HashSet<>(cluster.exports);
      assertEquals(different.size(), cluster.exports.size(), cluster.exports::toString);
    }
  }

  @Test
  void argumentsAreThereBeforeATaskStarts() {
    for (int seed = 0; seed < 200; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      ObjectState a = cluster.submit(tree(1, 2, ENDLESS));
      ObjectState b = cluster.submit(tree(0, 0, ENDLESS, new ObjectRef<>(a)));
      ObjectState c = cluster.submit(tree(0, 0, ENDLESS, new ObjectRef<>(a), new ObjectRef<>(b)));
      await(cluster, List.of(c), "seed=" + seed);
      assertEquals(1 + 3 + 4, number(c.outcome()));
    }
  }

  @Test
  void aTaskIsRetriedAsOftenAsItsOptionsSayAndThenFailsWithTheReason() {
    SimulatedCluster cluster = new SimulatedCluster(1, 1, 100);
    ObjectState result = cluster.submit(tree(0, 0, TaskOptions.defaults().maxRetries(2)));
    ObjectState dependent = cluster.submit(tree(0, 0, ENDLESS, new ObjectRef<>(result)));
    Set<Message> seen = new HashSet<>();
    cluster.time.runUntil(
        () -> {
          for (SimulatedCluster.Worker worker : List.copyOf(cluster.workers.values())) {
            if (worker.running != null && seen.add(new Message(worker.name))) {
              cluster.kill(worker.name, "signal 9 (SIGKILL)");
            }
          }
          return result.outcome() != null;
        },
        MINUTE);
    assertEquals(3, seen.size());
    assertEquals(Outcome.Kind.WORKER_CRASHED, result.outcome().kind());
    String message = result.outcome().message();
    assertTrue(message.contains("signal 9 (SIGKILL)"), message);
    assertTrue(message.contains("attempt 3 of 3"), message);
    assertTrue(message.contains("a last word"), message);
    await(cluster, List.of(dependent), "dependent");
    assertEquals(result.outcome(), dependent.outcome());
  }

  private record Message(String worker) {}

  @Test
  void whatAsksForTooMuchFailsAtOnce() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    ObjectState cpus = cluster.submit(tree(0, 0, ENDLESS.numCpus(3)));
    ObjectState gpus = cluster.submit(tree(0, 0, ENDLESS.resources(Map.of("gpu", 2.0))));
    ObjectState tpus = cluster.submit(tree(0, 0, ENDLESS.resources(Map.of("tpu", 1.0))));
    ObjectState memory = cluster.submit(tree(0, 0, ENDLESS.memory(2_000_000_000).numCpus(4)));
    await(cluster, List.of(cpus, gpus, tpus, memory), "too much");
    String text = memory.outcome().message();
    assertTrue(text.contains("CPU=4 of 2, memory=2000000000 of 1000000000;"), text);
    assertTrue(text.endsWith("RayOptions.create().numCpus(…).objectStoreMemory(…))"), text);
    assertTrue(
        tpus.outcome().message().endsWith("create().resources(…))"), tpus.outcome().message());
    assertTrue(cpus.outcome().message().contains("CPU=3 of 2"), cpus.outcome().message());
    assertTrue(gpus.outcome().message().contains("gpu=2 of 1"), gpus.outcome().message());
    assertTrue(tpus.outcome().message().contains("tpu=1 of 0"), tpus.outcome().message());
    ObjectState fine = cluster.submit(tree(0, 0, ENDLESS.resources(Map.of("gpu", 1.0))));
    await(cluster, List.of(fine), "fine");
    assertTrue(fine.outcome().isValue());
  }

  @Test
  void mixedShapesAllGetTheirTurn() {
    for (int seed = 0; seed < 200; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        TaskOptions options =
            switch (cluster.time.random.nextInt(6)) {
              case 5 -> ENDLESS.memory(600_000_000);
              case 0 -> ENDLESS.numCpus(2);
              case 1 -> ENDLESS.numCpus(0.5);
              case 2 -> ENDLESS.numCpus(0);
              case 3 -> ENDLESS.resources(Map.of("gpu", 1.0));
              default -> ENDLESS;
            };
        results.add(cluster.submit(tree(cluster.time.random.nextInt(3), 1, options)));
      }
      await(cluster, results, "seed=" + seed);
      results.forEach(r -> assertTrue(r.outcome().isValue(), () -> "" + r.outcome()));
      awaitAllFree(cluster, "seed=" + seed);
    }
  }

  @Test
  void workersThatDoNotComeUpFailTheTasksWithTheReason() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    cluster.startsFail = true;
    ObjectState result = cluster.submit(tree(0, 0, ENDLESS));
    await(cluster, List.of(result), "no workers");
    assertEquals(Outcome.Kind.REFUSED, result.outcome().kind());
    assertTrue(result.outcome().message().contains("no such class"), result.outcome().message());
    cluster.startsFail = false;
    ObjectState later = cluster.submit(tree(0, 0, ENDLESS));
    await(cluster, List.of(later), "a second try");
    assertTrue(later.outcome().isValue());
  }

  @Test
  void theEndOfASessionFailsWhatIsPending() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    ObjectState result = cluster.submit(tree(3, 2, ENDLESS));
    cluster.driver.end("the session was ended");
    assertEquals(Outcome.Kind.SESSION_ENDED, result.outcome().kind());
    ObjectState later = cluster.submit(tree(3, 2, ENDLESS));
    assertEquals(Outcome.Kind.SESSION_ENDED, later.outcome().kind());
  }

  @Test
  void theLogKnowsEveryTaskAndWhoSubmittedIt() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    ObjectState root = cluster.submit(tree(2, 2, ENDLESS));
    await(cluster, List.of(root), "root");
    List<TaskInfo> tasks = cluster.log.tasks();
    assertEquals(7, tasks.size());
    assertEquals(1, tasks.stream().filter(t -> t.parentTaskId() == null).count());
    assertTrue(tasks.stream().allMatch(t -> t.state().isTerminal() && t.ended() >= t.started()));
    assertTrue(tasks.stream().allMatch(t -> "In [1]".equals(t.cell())));
    assertTrue(tasks.stream().allMatch(t -> t.ownerPid() == 1 || t.ownerPid() > 1000));
  }
}
