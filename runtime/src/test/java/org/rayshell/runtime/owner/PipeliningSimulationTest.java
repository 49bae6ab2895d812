package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.number;
import static org.rayshell.runtime.owner.SimulatedCluster.quick;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.wire.Outcome;

/** Tasks that are sent ahead to workers, and come back when others could run them. */
class PipeliningSimulationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Map<String, Double> ALL = Map.of("CPU", 2.0, "gpu", 1.0, "memory", 1e9);

  private static void await(SimulatedCluster cluster, List<ObjectState> states, String hint) {
    cluster.want(states);
    assertTrue(
        cluster.time.runUntil(
            () -> states.stream().allMatch(s -> s.outcome() != null), 100 * SECOND),
        () -> hint + ": still pending: " + cluster.raylet.workers());
  }

  private static void awaitNothingLeft(SimulatedCluster cluster, String hint) {
    assertTrue(
        cluster.time.runUntil(
            () ->
                cluster.raylet.available().equals(ALL)
                    && cluster.workers.values().stream().noneMatch(w -> w.running != null),
            10 * SECOND),
        () -> hint + ": not given back: " + cluster.raylet.available());
    assertFalse(cluster.driver.isNeeded(), hint);
  }

  private static List<ObjectState> submit(SimulatedCluster cluster, int count, String function) {
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(cluster.submit(tree(function, 0, 0, ENDLESS)));
    }
    return results;
  }

  @Test
  @Tag("campaign")
  void quickTreesEndInManyMoreInterleavings() {
    for (int seed = 1_000; seed < 100_000; seed++) {
      quickTreesEnd(seed);
      quickTreesEndThoughWorkersDie(seed);
    }
  }

  @Test
  void quickTreesEndWhateverTheOrderOfMessages() {
    for (int seed = 0; seed < 1_000; seed++) {
      quickTreesEnd(seed);
    }
  }

  /** In this order of messages one was kept for ever for what the other was asked for. */
  @Test
  void aWorkerThatGoesBackIsNoReasonToKeepAnother() {
    quickTreesEnd(5_761);
  }

  private static void quickTreesEnd(int seed) {
    String hint = "seed=" + seed;
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int levels = i < 20 ? 0 : cluster.time.random.nextInt(3);
      results.add(cluster.submit(quick(levels, 2, ENDLESS)));
      if (i == 15) {
        await(cluster, results, hint);
      }
    }
    await(cluster, results, hint);
    results.forEach(r -> assertTrue(List.of(1L, 3L, 7L).contains(number(r.outcome())), hint));
    awaitNothingLeft(cluster, hint);
  }

  @Test
  void quickTreesEndThoughWorkersDieAndTheirLastMessagesAreLost() {
    for (int seed = 0; seed < 1_000; seed++) {
      quickTreesEndThoughWorkersDie(seed);
    }
  }

  private static void quickTreesEndThoughWorkersDie(int seed) {
    String hint = "seed=" + seed;
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    cluster.deathsLoseMessages = true;
    List<ObjectState> results = submit(cluster, 10, "quick");
    await(cluster, results, hint);
    for (int i = 0; i < 5; i++) {
      cluster.time.schedule(
          cluster.time.random.nextInt(20_000_000),
          () -> {
            List<String> names = cluster.workers.keySet().stream().sorted().toList();
            if (!names.isEmpty()) {
              cluster.kill(names.get(cluster.time.random.nextInt(names.size())), "signal 9");
            }
          });
    }
    results.addAll(submit(cluster, 40, "quick"));
    for (int i = 0; i < 3; i++) {
      results.add(cluster.submit(quick(2, 2, ENDLESS, new ObjectRef<>(results.get(i)))));
    }
    await(cluster, results, hint);
    for (int i = 0; i < results.size(); i++) {
      assertEquals(i < 50 ? 1 : 8, number(results.get(i).outcome()), hint);
    }
    awaitNothingLeft(cluster, hint);
  }

  @Test
  void shortTasksAreSentAheadAndUnknownOnesAreNot() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    cluster.duration = _ -> 10_000L;
    await(cluster, submit(cluster, 2, "f"), "first");
    assertEquals(0, cluster.mostQueued);
    await(cluster, submit(cluster, 2_000, "f"), "many");
    assertTrue(cluster.mostQueued > 20, () -> "queued=" + cluster.mostQueued);
    assertTrue(cluster.mostQueued < 60, () -> "queued=" + cluster.mostQueued);
    cluster.mostQueued = 0;
    cluster.duration = _ -> 700_000L;
    await(cluster, submit(cluster, 100, "longer"), "longer");
    assertEquals(0, cluster.mostQueued);
    awaitNothingLeft(cluster, "end");
  }

  @Test
  void noTaskWaitsBehindALongOneWhileAWorkerIdles() {
    for (int seed = 0; seed < 300; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      cluster.duration = _ -> 10_000L;
      await(cluster, submit(cluster, 100, "f"), "seed=" + seed);
      int[] until = {cluster.time.random.nextInt(60)};
      cluster.duration = _ -> until[0]-- == 0 ? 60 * SECOND : 10_000L;
      List<ObjectState> results = submit(cluster, 100, "f");
      assertTrue(
          cluster.time.runUntil(
              () -> results.stream().filter(ObjectState::isReady).count() == 99, SECOND / 10),
          "seed=" + seed);
      await(cluster, results, "seed=" + seed);
      awaitNothingLeft(cluster, "seed=" + seed);
    }
  }

  @Test
  void aWorkerThatHasNothingToDoTakesOverHalfOfWhatWaitsAtAnother() {
    int returned = 0;
    for (int seed = 0; seed < 100; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      cluster.duration = _ -> 10_000L;
      await(cluster, submit(cluster, 100, "f"), "seed=" + seed);
      // Short no more, but not long enough for the worker to find that out by itself.
      cluster.duration = _ -> 1_500_000L;
      await(cluster, submit(cluster, 60, "f"), "seed=" + seed);
      returned += cluster.returned;
      awaitNothingLeft(cluster, "seed=" + seed);
    }
    assertTrue(returned > 100, "returned=" + returned);
  }

  @Test
  void functionsOfTheSameShapeTakeTurns() {
    SimulatedCluster cluster = new SimulatedCluster(1, 2, 100);
    cluster.duration = _ -> 10_000L;
    List<ObjectState> many = submit(cluster, 20_000, "many");
    List<ObjectState> few = submit(cluster, 50, "few");
    await(cluster, few, "few");
    long ended = many.stream().filter(r -> r.outcome() != null).count();
    assertTrue(ended < 1_000, "ended=" + ended);
    await(cluster, many, "many");
    assertEquals(20_050, cluster.beginnings.size());
  }

  @Test
  void ownersTakeTurns() {
    for (double cpus = 2; cpus <= 4; cpus++) {
      SimulatedCluster cluster = new SimulatedCluster(1, cpus, 100);
      cluster.duration =
          task -> ByteBuffer.wrap(task.target().bytes()).getInt() == 1 ? 30_000_000L : 10_000L;
      ObjectState large = cluster.submit(tree("large", 1, 10_000, ENDLESS));
      ObjectState small = cluster.submit(tree("small", 1, 50, ENDLESS));
      await(cluster, List.of(small), "small");
      // Until the parent of the few has submitted them, the many have all for themselves.
      long begun =
          cluster.beginnings.stream()
              .skip(cluster.beginnings.indexOf("small") + 1)
              .dropWhile("large"::equals)
              .filter("large"::equals)
              .count();
      assertTrue(begun < 1_000, "begun=" + begun);
      await(cluster, List.of(large), "large");
    }
  }

  @Test
  void whatWaitedAtAWorkerThatDiesHasNotUsedUpATry() {
    for (int seed = 0; seed < 300; seed++) {
      SimulatedCluster cluster = new SimulatedCluster(seed, 1, 100);
      // A large one takes a try more if the worker that keeps it dies.
      cluster.largeResults = false;
      cluster.duration = _ -> 10_000L;
      await(cluster, submit(cluster, 100, "f"), "seed=" + seed);
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(cluster.submit(tree("f", 0, 0, TaskOptions.defaults().maxRetries(1))));
      }
      for (int deaths = 0; deaths < 5; deaths++) {
        int before = cluster.beginnings.size();
        cluster.time.runUntil(
            () -> cluster.beginnings.size() > before && cluster.mostQueued > 5, SECOND);
        List.copyOf(cluster.workers.keySet()).forEach(w -> cluster.kill(w, "signal 9"));
        cluster.mostQueued = 0;
      }
      await(cluster, results, "seed=" + seed);
      // A death may end one task at most, and that only in its second try.
      long failed = results.stream().filter(r -> !r.outcome().isValue()).count();
      assertTrue(failed <= 4, "seed=" + seed + ", failed=" + failed);
      List<ObjectState> fragile = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        fragile.add(cluster.submit(tree("f", 0, 0, TaskOptions.defaults().maxRetries(0))));
      }
      cluster.time.runUntil(() -> fragile.get(5).outcome() != null, SECOND);
      List.copyOf(cluster.workers.keySet()).forEach(w -> cluster.kill(w, "signal 9"));
      await(cluster, fragile, "seed=" + seed);
      List<Outcome> lost =
          fragile.stream().map(ObjectState::outcome).filter(o -> !o.isValue()).toList();
      assertTrue(lost.size() <= 1, "seed=" + seed + ": " + lost);
    }
  }
}
