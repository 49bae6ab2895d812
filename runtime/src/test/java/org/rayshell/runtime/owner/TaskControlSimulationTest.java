package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rayshell.runtime.owner.SimulatedCluster.ENDLESS;
import static org.rayshell.runtime.owner.SimulatedCluster.number;
import static org.rayshell.runtime.owner.SimulatedCluster.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.RuntimeEnv;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.wire.Outcome;

/** Cancelling, retries, timeouts, several results and streams in thousands of interleavings. */
class TaskControlSimulationTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Origin CELL = new Origin("In [1]", null, 0);

  private static void await(SimulatedCluster cluster, List<ObjectState> states, String hint) {
    cluster.want(states);
    assertTrue(
        cluster.time.runUntil(
            () -> states.stream().allMatch(s -> s.outcome() != null), 10 * MINUTE),
        () -> hint + ": still pending: " + cluster.raylet.workers());
  }

  /** Everything is given back, and nobody is left with a task. */
  private static void awaitNothingLeft(SimulatedCluster cluster, String hint) {
    assertTrue(
        cluster.time.runUntil(
            () ->
                cluster.raylet.available().equals(cluster.raylet.total())
                    && !cluster.driver.isNeeded()
                    && cluster.workers.values().stream()
                        .noneMatch(w -> w.running != null || w.owner.isNeeded()),
            10 * MINUTE),
        () -> hint + ": left: " + cluster.raylet.available() + cluster.raylet.workers());
  }

  private static void killNow(SimulatedCluster cluster) {
    List<String> names = cluster.workers.keySet().stream().sorted().toList();
    if (!names.isEmpty()) {
      cluster.kill(names.get(cluster.time.random.nextInt(names.size())), "signal 9");
    }
  }

  private static void killSometimes(SimulatedCluster cluster, int times) {
    for (int i = 0; i < times; i++) {
      cluster.time.schedule(cluster.time.random.nextInt(60_000_000), () -> killNow(cluster));
    }
  }

  @Test
  @Tag("campaign")
  void allEndsInManyMoreInterleavings() {
    for (int seed = 300; seed < 30_000; seed++) {
      cancelled(seed);
      flaky(seed);
      several(seed);
      streams(seed);
      timeouts(seed);
    }
  }

  @Test
  void whatIsCancelledAtAnyPointEndsAndNothingElseIsHurt() {
    for (int seed = 0; seed < 300; seed++) {
      cancelled(seed);
    }
  }

  private static void cancelled(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> cancelled = new ArrayList<>();
    List<ObjectState> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ObjectState result = cluster.submit(tree(2, 2, ENDLESS));
      if (i % 2 == 0) {
        others.add(result);
        continue;
      }
      cancelled.add(result);
      boolean force = cluster.time.random.nextInt(3) == 0;
      boolean recursive = cluster.time.random.nextInt(3) > 0;
      cluster.time.schedule(
          cluster.time.random.nextInt(60_000_000),
          () -> cluster.driver.cancel(result, force, recursive));
    }
    killSometimes(cluster, seed % 3);
    List<ObjectState> all = new ArrayList<>(others);
    all.addAll(cancelled);
    await(cluster, all, "seed=" + seed);
    for (ObjectState result : others) {
      assertEquals(7, number(result.outcome()), "seed=" + seed);
    }
    for (ObjectState result : cancelled) {
      Outcome outcome = result.outcome();
      switch (outcome.kind()) {
        case VALUE -> assertEquals(7, number(outcome), "seed=" + seed);
        case TASK_CANCELLED -> assertTrue(result.task().toInfo().cancelled());
        // It heeded no interrupt, but the children that it waited for did.
        case TASK_FAILED ->
            assertEquals(
                "a child was cancelled", outcome.message().lines().findFirst().orElseThrow());
        default -> throw new AssertionError("seed=" + seed + ": " + outcome);
      }
    }
    awaitNothingLeft(cluster, "seed=" + seed);
  }

  @Test
  void aCancelBeforeTheStartConsumesNothing() {
    for (int seed = 0; seed < 100; seed++) {
      boolean force = seed % 2 == 0;
      SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
      List<ObjectState> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        results.add(cluster.submit(tree(0, 0, ENDLESS)));
      }
      results.forEach(result -> cluster.driver.cancel(result, force, true));
      // No worker was up: they end at once.
      for (ObjectState result : results) {
        assertEquals(Outcome.Kind.TASK_CANCELLED, result.outcome().kind());
        assertTrue(result.outcome().message().contains("before it began"));
      }
      awaitNothingLeft(cluster, "seed=" + seed);
      assertEquals(0, cluster.mostRunning);
    }
  }

  @Test
  void exceptionsAreRetriedAsOftenAsTheOptionsSay() {
    for (int seed = 0; seed < 300; seed++) {
      flaky(seed);
    }
  }

  private static void flaky(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    TaskOptions.Control control =
        new TaskOptions.Control(List.of(SimulatedScript.FLAW), null, 1, 1);
    TaskOptions retried = new TaskOptions(1, 3, Map.of(), null, 0, RuntimeEnv.create(), control);
    List<ObjectState> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(cluster.submit(SimulatedScript.flaky(retried)));
    }
    ObjectState once = cluster.submit(SimulatedScript.flaky(TaskOptions.defaults()));
    await(cluster, results, "seed=" + seed);
    await(cluster, List.of(once), "seed=" + seed);
    for (ObjectState result : results) {
      if (!result.outcome().isValue()) {
        assertEquals(Outcome.Kind.TASK_FAILED, result.outcome().kind());
        assertEquals(4, result.task().attempt(), "seed=" + seed);
      }
    }
    assertEquals(1, once.task().attempt());
    awaitNothingLeft(cluster, "seed=" + seed);
  }

  @Test
  void severalResultsAreOfOneTry() {
    for (int seed = 0; seed < 300; seed++) {
      several(seed);
    }
  }

  private static void several(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<ObjectState> all = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Owner.Submission many =
          cluster.driver.prepareMany(SimulatedScript.several(ENDLESS.numReturns(i)), CELL);
      cluster.driver.submit(many);
      assertEquals(i, many.results().size());
      all.addAll(many.results());
    }
    killSometimes(cluster, 3);
    await(cluster, all, "seed=" + seed);
    for (ObjectState each : all) {
      assertEquals(each.id().index(), number(each.outcome()), "seed=" + seed);
    }
    awaitNothingLeft(cluster, "seed=" + seed);
  }

  @Test
  void everyItemOfAStreamComesOnceAndInOrder() {
    for (int seed = 0; seed < 300; seed++) {
      streams(seed);
    }
  }

  private static void streams(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int ahead = new int[] {1, 2, 5, -1}[cluster.time.random.nextInt(4)];
      readers.add(new Reader(cluster, cluster.time.random.nextInt(12), ahead));
    }
    boolean closes = seed % 2 == 0;
    if (closes) {
      Reader reader = readers.getFirst();
      cluster.time.schedule(cluster.time.random.nextInt(30_000_000), reader::close);
    }
    killSometimes(cluster, seed % 4);
    readers.forEach(Reader::start);
    assertTrue(
        cluster.time.runUntil(() -> readers.stream().allMatch(Reader::over), 10 * MINUTE),
        () -> "seed=" + seed + ": " + cluster.raylet.workers());
    for (Reader reader : readers) {
      if (!reader.closed) {
        assertEquals(
            IntStream.rangeClosed(1, reader.count).boxed().toList(), reader.seen, "seed=" + seed);
        assertTrue(reader.items.whole().outcome().isValue());
      }
    }
    awaitNothingLeft(cluster, "seed=" + seed);
  }

  /** Takes items at a pace of its own. */
  private static final class Reader {
    private final SimulatedCluster cluster;
    private final int count;
    private final int ahead;
    private final ItemStream items;
    private final List<Integer> seen = new ArrayList<>();
    private boolean closed;

    Reader(SimulatedCluster cluster, int count, int ahead) {
      this.cluster = cluster;
      this.count = count;
      this.ahead = ahead;
      Owner.Submission stream =
          cluster.driver.prepareStream(
              SimulatedScript.stream(count, ENDLESS.generatorBackpressure(ahead)), CELL);
      this.items = stream.items();
      cluster.driver.submit(stream);
    }

    void start() {
      cluster.time.schedule(cluster.time.random.nextInt(2_000_000), this::look);
    }

    private void look() {
      if (closed) {
        return;
      }
      assertTrue(ahead < 0 || items.made() - seen.size() <= ahead, "too far ahead");
      ObjectState next = items.poll();
      if (next != null) {
        seen.add((int) number(next.outcome()));
        cluster.driver.taken(items);
      }
      if (!over()) {
        start();
      }
    }

    void close() {
      closed = true;
      items.close();
      cluster.driver.cancel(items.whole(), false, true);
    }

    boolean over() {
      return items.whole().outcome() != null && (closed || !items.hasNext());
    }
  }

  @Test
  void whatRunsTooLongEndsInAnyCase() {
    for (int seed = 0; seed < 300; seed++) {
      timeouts(seed);
    }
  }

  private static void timeouts(int seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 2, 100);
    cluster.heeds = seed % 2 == 0;
    TaskOptions hasty = TaskOptions.defaults().timeout(Duration.ofMillis(50));
    List<ObjectState> late = new ArrayList<>();
    List<ObjectState> inTime = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      late.add(cluster.submit(SimulatedScript.sleep(3_600_000, hasty)));
      inTime.add(cluster.submit(SimulatedScript.sleep(20, hasty)));
    }
    if (seed % 3 == 0) {
      // As by SIGSTOP, in the middle of whatever it does.
      cluster.time.schedule(
          40_000_000,
          () ->
              cluster.workers.values().stream()
                  .filter(worker -> worker.running != null)
                  .findFirst()
                  .ifPresent(worker -> worker.stopped = true));
    }
    await(cluster, late, "seed=" + seed);
    await(cluster, inTime, "seed=" + seed);
    for (ObjectState each : late) {
      assertEquals(Outcome.Kind.TASK_TIMED_OUT, each.outcome().kind(), "seed=" + seed);
      assertEquals(1, each.task().attempt());
      assertFalse(each.task().toInfo().cancelled());
    }
    awaitNothingLeft(cluster, "seed=" + seed);
  }
}
