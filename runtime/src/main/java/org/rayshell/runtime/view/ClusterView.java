package org.rayshell.runtime.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;

/**
 * A read-only picture of the driver's session, taken anew at each call. Never blocks on a worker.
 * Thread-safe; after the session's end it shows the last state.
 */
public interface ClusterView {
  /** Whether the session runs. */
  boolean isRunning();

  /** The session's name, {@code session_2026-11-23_14-02-11_004217_21442}. */
  String sessionName();

  /** The session's folder, mode 0700: sockets and worker logs. */
  Path sessionDir();

  /** When the session began, epoch nanoseconds. */
  long startedAt();

  /** Now, on the clock of every time in this picture: epoch nanoseconds. */
  long now();

  /** The driver's process. */
  long driverPid();

  /** The cluster that the tasks run on; empty if they run on this machine. */
  default Optional<ClusterInfo> cluster() {
    return Optional.empty();
  }

  /** Where the dashboard answers; empty if it is off. */
  Optional<String> dashboardUrl();

  /**
   * A line on the dashboard that people should see once, such as a port that was taken; or empty.
   */
  Optional<String> dashboardNote();

  /** What there is in all, by name; memory in bytes. */
  Map<String, Double> totalResources();

  /** What is free now, by name; memory in bytes. */
  Map<String, Double> availableResources();

  /** The machines: one. */
  List<NodeInfo> nodes();

  /** Workers alive, and the last that died. */
  List<WorkerInfo> workers();

  /**
   * The latest tasks of every owner, oldest first, at most 10,000. Those of the driver are there
   * from the moment on that their refs are.
   */
  List<TaskInfo> tasks();

  /** How many tasks are no longer in {@link #tasks}. */
  long tasksDropped();

  /** The latest states that tasks came into, oldest first, at most 40,000. */
  default List<TaskEvent> taskEvents() {
    return List.of();
  }

  /** How many states are no longer in {@link #taskEvents}. */
  default long taskEventsDropped() {
    return 0;
  }

  /** How many tasks are in each state, those included that {@link #tasks} has no longer. */
  default List<TaskCount> taskCounts() {
    return List.of();
  }

  /** All tasks together, those included that {@link #tasks} has no longer. */
  default TaskTotals taskTotals() {
    return TaskTotals.NONE;
  }

  /** How many tasks have ended and are forgotten: {@link #tasks} had too many. */
  default long tasksForgotten() {
    return 0;
  }

  /** The median of all run times, nanoseconds; 0 before three tasks have run. */
  default long medianRunNs() {
    return 0;
  }

  /** All tasks by function. */
  default List<FunctionInfo> functions() {
    return List.of();
  }

  /** Tasks that run, or ran and ended after that moment, epoch nanoseconds, in no order. */
  default List<TaskInfo> ranSince(long moment) {
    return List.of();
  }

  /** The tasks that changed after so many changes, the latest {@code most} of them. */
  default TaskChanges taskChanges(long after, int most) {
    return new TaskChanges(0, List.of(), 0);
  }

  /** What is known of a task, by the hex digits of its id or of its object's. */
  default Optional<TaskDetail> task(String id) {
    return Optional.empty();
  }

  /** The tries of a task that failed, in order, as far as they are known; the driver's alone. */
  default List<TaskAttempt> failures(TaskInfo task) {
    return List.of();
  }

  /** Where the cell of that label can be opened in its notebook; empty if that is not known. */
  default Optional<CellPage> cellPage(String label) {
    return Optional.empty();
  }

  /** How many front ends have connected so far: one more when a page has opened the notebook. */
  default long frontEnds() {
    return 0;
  }

  /** A short text of a task's result, {@code int 49}; null if it is not here, or large. */
  default String preview(TaskInfo task) {
    return null;
  }

  /**
   * The latest lines that tasks printed and that are wanted.
   *
   * @param after those after the line of that number; 0 for all there are
   * @param most how many at most
   */
  default LogPage output(Predicate<LogLine> wanted, long after, int most) {
    return new LogPage(List.of(), 0, 0);
  }

  /** The objects that the driver owns and has refs of, at most {@code most}. */
  default ObjectPage objects(int most) {
    return ObjectPage.NONE;
  }

  /** How many such objects there are whose values are there. */
  default long objectCount() {
    return 0;
  }

  /** How far the tasks are that make those objects; looks at no value. */
  default Progress progress(List<? extends ObjectRef<?>> refs) {
    return new Progress.Count(now()).progress();
  }

  /** How far all tasks are that the cell, or a task of its, has submitted; looks at none. */
  default Progress progress(String cell) {
    return new Progress.Count(now()).progress();
  }

  /** What is known of the object of that ref, with a preview of its value. */
  RefInfo ref(ObjectRef<?> ref);

  /** As {@link #ref}, without a preview: of many refs only those that are looked at are decoded. */
  default RefInfo state(ObjectRef<?> ref) {
    return ref(ref);
  }

  /**
   * The latest that is known of the ref: the same thing as before, or another once something has
   * changed other than the CPU time of a task that runs. Costs next to nothing.
   */
  default Object news(ObjectRef<?> ref) {
    return ref(ref);
  }

  /** Bytes of the values that the driver holds, in memory or on the disk. */
  long storedBytes();

  /** Bytes of the values of all processes that the object store had no room for, on the disk. */
  default long spilledBytes() {
    return 0;
  }

  /** Grows whenever anything in this picture changes: compare before building one anew. */
  long version();
}
