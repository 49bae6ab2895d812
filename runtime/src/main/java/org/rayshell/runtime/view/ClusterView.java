package org.rayshell.runtime.view;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Bytes of the values that the driver holds. */
  long storedBytes();

  /** Grows whenever anything in this picture changes: compare before building one anew. */
  long version();
}
