package org.rayshell.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.runtime.wire.Outcome;

/**
 * The little of its session that a worker knows: resources, asked of the driver at each call, and
 * its own refs; no tasks and no workers. Thread-safe.
 */
final class WorkerView implements ClusterView {
  private final WorkerRuntime worker;
  private final Path folder;
  private final long attachedAt;

  WorkerView(WorkerRuntime worker, Path folder) {
    this.worker = worker;
    this.folder = folder;
    this.attachedAt = worker.loop.epochNs();
  }

  @Override
  public boolean isRunning() {
    return true;
  }

  @Override
  public String sessionName() {
    return folder.getFileName().toString();
  }

  @Override
  public Path sessionDir() {
    return folder;
  }

  /** When this worker attached. */
  @Override
  public long startedAt() {
    return attachedAt;
  }

  @Override
  public long now() {
    return worker.loop.epochNs();
  }

  @Override
  public long driverPid() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }

  @Override
  public Optional<String> dashboardUrl() {
    return Optional.ofNullable(worker.dashboardUrl());
  }

  @Override
  public Optional<String> dashboardNote() {
    return Optional.empty();
  }

  @Override
  public Map<String, Double> totalResources() {
    return worker.clusterResources();
  }

  @Override
  public Map<String, Double> availableResources() {
    return worker.availableResources();
  }

  @Override
  public List<NodeInfo> nodes() {
    return worker.nodes();
  }

  @Override
  public List<WorkerInfo> workers() {
    return List.of();
  }

  @Override
  public List<TaskInfo> tasks() {
    return List.of();
  }

  @Override
  public long tasksDropped() {
    return 0;
  }

  @Override
  public RefInfo ref(ObjectRef<?> ref) {
    ObjectState state = (ObjectState) ref.handle();
    Outcome outcome = state.outcome();
    boolean stored = outcome != null && outcome.isValue();
    return new RefInfo(
        ref.id(),
        Optional.ofNullable(state.task()).map(t -> t.toInfo()),
        stored || state.isPlaced(),
        state.bytes(),
        null);
  }

  @Override
  public long storedBytes() {
    return 0;
  }

  @Override
  public long version() {
    return now();
  }
}
