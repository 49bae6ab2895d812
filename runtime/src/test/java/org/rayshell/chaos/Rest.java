package org.rayshell.chaos;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.rayshell.runtime.RefCounts;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.StorePages;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskCount;
import org.rayshell.runtime.view.WorkerInfo;

/** Waits until a session whose callers have ended holds nothing any more. For one thread. */
final class Rest {
  private final long seed;
  private final ClusterView view = Runtimes.view().orElseThrow();

  /**
   * @param seed of the run, for the message if it never comes to rest
   */
  Rest(long seed) {
    this.seed = seed;
  }

  /** All that was taken is given back. */
  void await() {
    reaches(() -> view.availableResources().equals(view.totalResources()), "not given back");
    reaches(() -> pending().isEmpty(), () -> "tasks that neither run nor end: " + pending());
    reaches(
        () ->
            view.workers().stream()
                .filter(w -> w.state() == WorkerInfo.State.DEAD && w.pid() > 0)
                .noneMatch(w -> isChild(w.pid())),
        "workers that should be dead");
    reaches(
        () -> {
          System.gc();
          return RefCounts.areZero();
        },
        "refs that nobody has");
  }

  /**
   * And so many workers are up, which are all the children that this process has; the store is
   * empty, and has no more pages than are kept ready.
   */
  void await(int workers) {
    await();
    reaches(
        () ->
            view.workers().stream().filter(Rest::isIdle).count() == workers
                && ProcessHandle.current().children().count() == workers,
        () -> "other processes than " + workers + " idle workers: " + children());
    reaches(
        () -> StorePages.areReadyOnes(),
        () -> "pages of the store that nobody needs: bytes=" + StorePages.bytes());
  }

  private static boolean isIdle(WorkerInfo worker) {
    return worker.state() == WorkerInfo.State.IDLE && worker.pid() > 0;
  }

  private static List<String> children() {
    return ProcessHandle.current()
        .children()
        .map(child -> child.pid() + " " + child.info().commandLine().orElse("?"))
        .toList();
  }

  private static boolean isChild(long pid) {
    return ProcessHandle.current().children().anyMatch(c -> c.pid() == pid && c.isAlive());
  }

  private List<TaskCount> pending() {
    return view.taskCounts().stream()
        .filter(c -> !c.state().isTerminal() && c.count() != 0)
        .toList();
  }

  private void reaches(BooleanSupplier state, String otherwise) {
    reaches(
        state,
        () ->
            otherwise
                + ": "
                + Map.of("available", view.availableResources(), "workers", view.workers()));
  }

  private void reaches(BooleanSupplier state, Supplier<String> otherwise) {
    long hang = System.nanoTime() + Workload.LIMIT.toNanos();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() > hang) {
        Hangs.dump(seed);
        throw new AssertionError(otherwise.get());
      }
      Thread.onSpinWait();
    }
  }
}
