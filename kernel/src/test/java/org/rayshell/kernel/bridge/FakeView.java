package org.rayshell.kernel.bridge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.Loss;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;

/** A session without processes, whose clock and tasks a test sets. */
final class FakeView implements ClusterView {
  static final long START = 1_800_000_000L * 1_000_000_000L;
  static final long MS = 1_000_000L;

  final Map<String, RefInfo> refs = new HashMap<>();
  final List<TaskInfo> tasks = new ArrayList<>();
  long storedBytes;
  long spilledBytes;
  boolean running = true;
  long now = START;
  long version;

  private record Handle(ObjectId id, String owner) implements RefHandle {}

  static ObjectRef<Object> newRef(int number) {
    return new ObjectRef<>(new Handle(new ObjectId(0xabcd0000L << 32 | number, 1, 1), "driver"));
  }

  /** A task of 100 ms in the queue and then so long a run; a preview makes it finished. */
  ObjectRef<Object> task(int number, TaskState state, long runMs, String preview, String error) {
    ObjectRef<Object> ref = newRef(number);
    boolean began = state == TaskState.RUNNING || state.isTerminal();
    long started = began ? START + 100 * MS : 0;
    TaskInfo task =
        new TaskInfo(
            ref.id().substring(0, 48),
            ref.id(),
            "slowFunction",
            state,
            "In [7]",
            null,
            1,
            began ? 4_000 + number % 2 : 0,
            1,
            3,
            1,
            START,
            started,
            state.isTerminal() ? started + runMs * MS : 0,
            runMs * MS / 2,
            8,
            error,
            error == null
                ? null
                : error.contains("cancelled")
                    ? ErrorType.TASK_CANCELLED
                    : ErrorType.TASK_EXECUTION_EXCEPTION);
    tasks.add(task);
    refs.put(
        ref.id(),
        new RefInfo(ref.id(), Optional.of(task), state == TaskState.FINISHED, 8, preview));
    version++;
    return ref;
  }

  /** What has become of the object since. */
  void lose(ObjectRef<Object> ref, Loss loss) {
    RefInfo before = ref(ref);
    refs.put(ref.id(), new RefInfo(ref.id(), before.task(), false, 0, null, loss));
    version++;
  }

  /** A task whose worker died, and which waits for another. */
  ObjectRef<Object> retrying(int number) {
    ObjectRef<Object> ref = task(number, TaskState.PENDING_NODE_ASSIGNMENT, 0, null, null);
    TaskInfo first = tasks.removeLast();
    TaskInfo second =
        new TaskInfo(
            first.taskId(),
            first.objectId(),
            first.function(),
            first.state(),
            first.cell(),
            null,
            1,
            0,
            2,
            3,
            1,
            START,
            0,
            0,
            0,
            0,
            null,
            null);
    tasks.add(second);
    refs.put(ref.id(), new RefInfo(ref.id(), Optional.of(second), false, 0, null));
    return ref;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public String sessionName() {
    return "session_test";
  }

  @Override
  public Path sessionDir() {
    return Path.of("session_test");
  }

  @Override
  public long startedAt() {
    return START;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long driverPid() {
    return 21_442;
  }

  @Override
  public Optional<String> dashboardUrl() {
    return Optional.of("http://127.0.0.1:8265");
  }

  @Override
  public Optional<String> dashboardNote() {
    return Optional.of("8265 <is> used by another program");
  }

  @Override
  public Map<String, Double> totalResources() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("CPU", 2.0);
    all.put("memory", 13_590_429_696.0);
    all.put("node:127.0.0.1", 1.0);
    all.put("object_store_memory", 6_795_214_848.0);
    all.put("<gpu>", 1.0);
    return all;
  }

  @Override
  public Map<String, Double> availableResources() {
    Map<String, Double> free = totalResources();
    free.put("CPU", 1.0);
    return free;
  }

  @Override
  public List<NodeInfo> nodes() {
    return List.of(new NodeInfo("ab".repeat(28), "127.0.0.1", true, totalResources(), 2));
  }

  @Override
  public List<WorkerInfo> workers() {
    return List.of(
        new WorkerInfo(
            "w1", 4_000, WorkerInfo.State.RUNNING, "<i>f</i>", 3, MS, MS, START, 0, null));
  }

  @Override
  public List<TaskInfo> tasks() {
    return tasks;
  }

  @Override
  public long tasksDropped() {
    return 0;
  }

  @Override
  public RefInfo ref(ObjectRef<?> ref) {
    return refs.getOrDefault(
        ref.id(), new RefInfo(ref.id(), Optional.empty(), true, 12, "String \"x\""));
  }

  @Override
  public long storedBytes() {
    return storedBytes;
  }

  @Override
  public long spilledBytes() {
    return spilledBytes;
  }

  @Override
  public long version() {
    return version;
  }
}
