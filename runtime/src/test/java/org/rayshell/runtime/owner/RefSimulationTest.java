package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.wire.Outcome;

/** No ref is left without its object, and no object is left without a ref. */
class RefSimulationTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final int BATCH = 100;
  private static final int ROUNDS = 4;
  private static final int STEPS = 60;

  /** One run: its seed, its processes, and what became of what was got. */
  private record Run(int seed, SimulatedRefs refs, List<Outcome> failures) {}

  @Test
  void everyRefHasItsObjectAndEveryObjectGoesWithItsLastRef() {
    run(0, BATCH, false);
  }

  @Test
  void theDeathOfProcessesLeavesNothingBehind() {
    run(1_000_000, 1_000_000 + BATCH, true);
  }

  @Test
  @Tag("campaign")
  void theSameInManyMoreInterleavings() {
    for (int seed = 0; seed < 10_000; seed += BATCH) {
      run(2_000_000 + seed, 2_000_000 + seed + BATCH, false);
      run(3_000_000 + seed, 3_000_000 + seed + BATCH, true);
    }
  }

  private static void run(int from, int to, boolean deaths) {
    List<Run> runs = new ArrayList<>();
    for (int seed = from; seed < to; seed++) {
      runs.add(new Run(seed, new SimulatedRefs(seed, 4), new ArrayList<>()));
    }
    for (int round = 0; round < ROUNDS; round++) {
      each(runs, run -> play(run, deaths));
      collect(runs);
    }
    each(runs, run -> settle(run));
    each(runs, run -> finish(run, deaths));
    boolean more = true;
    while (more) {
      more = collect(runs);
      each(runs, RefSimulationTest::settle);
    }
    each(runs, RefSimulationTest::check);
  }

  private static void each(List<Run> runs, Consumer<Run> action) {
    runs.forEach(action);
  }

  private static boolean collect(List<Run> runs) {
    System.gc();
    boolean any = false;
    for (Run run : runs) {
      any |= run.refs.collected.runDue();
    }
    return any;
  }

  private static void play(Run run, boolean deaths) {
    SimulatedRefs refs = run.refs;
    for (int step = 0; step < STEPS; step++) {
      SimulatedRefs.Process process = refs.anyProcess();
      switch (refs.time.random.nextInt(deaths ? 41 : 40)) {
        case 0, 1, 2, 3, 4, 5, 6, 7 -> process.put(refs.time.random.nextInt(3));
        case 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> {
          String to = refs.anyProcess().name;
          if (!to.equals(process.name)) {
            process.give(to, 1 + refs.time.random.nextInt(3));
          }
        }
        case 20, 21, 22, 23, 24, 25 -> {
          ObjectRef<?> ref = process.anyRef();
          if (ref != null) {
            process.get(ref, run.failures);
          }
        }
        case 40 -> {
          if (refs.processes.size() > 2 && !process.name.equals("driver")) {
            refs.kill(process.name);
          }
        }
        default -> process.forget(1 + refs.time.random.nextInt(4));
      }
      for (int i = refs.time.random.nextInt(6); i > 0; i--) {
        refs.time.step();
      }
    }
  }

  private static void settle(Run run) {
    run.refs.time.runUntil(() -> false, MINUTE);
  }

  /** Every ref that is left is got; then all are forgotten. */
  private static void finish(Run run, boolean deaths) {
    for (SimulatedRefs.Process process : run.refs.processes.values()) {
      for (ObjectRef<?> ref : List.copyOf(process.kept)) {
        process.get(ref, run.failures);
      }
    }
    settle(run);
    for (Outcome failure : run.failures) {
      assertTrue(
          deaths && failure.kind() == Outcome.Kind.OWNER_DIED,
          () -> "seed=" + run.seed + ": " + failure);
    }
    run.refs.processes.values().forEach(process -> process.kept.clear());
    run.failures.clear();
  }

  private static void check(Run run) {
    for (SimulatedRefs.Process process : run.refs.processes.values()) {
      String where = "seed=" + run.seed + ", process=" + process.name;
      assertEquals(0, process.owner.lentObjects(), where + ": kept for others");
      assertEquals(0, process.owner.borrowedObjects(), where + ": held of others");
      assertEquals(false, process.owner.isNeeded(), where + ": needed");
    }
  }
}
