package org.rayshell.rayapi;

import io.ray.api.BaseActorHandle;
import io.ray.api.id.ActorId;
import io.ray.api.id.JobId;
import io.ray.api.id.TaskId;
import io.ray.api.id.UniqueId;
import io.ray.api.runtimecontext.ActorInfo;
import io.ray.api.runtimecontext.ActorState;
import io.ray.api.runtimecontext.NodeInfo;
import io.ray.api.runtimecontext.RuntimeContext;
import io.ray.api.runtimeenv.RuntimeEnv;
import java.util.List;
import java.util.Map;
import org.rayshell.Ray;
import org.rayshell.runtime.Runtimes;

/** What a program of Ray Java can ask about where it runs. Without state; thread-safe. */
final class BoundContext implements RuntimeContext {
  /** Sessions of RayShell have one job. */
  private static final int JOB = 1;

  @Override
  public JobId getCurrentJobId() {
    return JobId.fromInt(JOB);
  }

  @Override
  public TaskId getCurrentTaskId() {
    return Runtimes.runningTask().map(TaskId::fromHexString).orElse(TaskId.NIL);
  }

  @Override
  public ActorId getCurrentActorId() {
    return ActorId.NIL;
  }

  @Override
  public boolean wasCurrentActorRestarted() {
    return false;
  }

  @Override
  public boolean isLocalMode() {
    return false;
  }

  @Override
  public List<NodeInfo> getAllNodeInfo() {
    return Ray.nodes().stream()
        .map(node ->
            new NodeInfo(
                UniqueId.fromHexString(node.nodeId()),
                node.address(),
                node.address(),
                0,
                "",
                "",
                node.alive(),
                Map.copyOf(node.resources()),
                Map.of()))
        .toList();
  }

  @Override
  public List<ActorInfo> getAllActorInfo() {
    return List.of();
  }

  @Override
  public List<ActorInfo> getAllActorInfo(JobId jobId, ActorState actorState) {
    return List.of();
  }

  @Override
  public <T extends BaseActorHandle> T getCurrentActorHandle() {
    throw Unsupported.of("RuntimeContext.getCurrentActorHandle");
  }

  @Override
  public List<Long> getGpuIds() {
    return List.of();
  }

  @Override
  public String getNamespace() {
    return "";
  }

  @Override
  public UniqueId getCurrentNodeId() {
    return getAllNodeInfo().getFirst().nodeId;
  }

  @Override
  public RuntimeEnv getCurrentRuntimeEnv() {
    throw Unsupported.of("RuntimeContext.getCurrentRuntimeEnv");
  }
}
