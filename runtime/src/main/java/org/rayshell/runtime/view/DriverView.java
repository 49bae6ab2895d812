package org.rayshell.runtime.view;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.owner.LatestObjects;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/** The picture of the driver's own session. Thread-safe. */
public final class DriverView implements ClusterView {
  /**
   * What a session is, once and for all; immutable.
   *
   * @param spilled the folder of values that the object store had no room for
   * @param startedAt epoch nanoseconds
   * @param loader where the classes of values are found
   * @param traces what makes of stack traces those that people read
   * @param cellPages where a cell can be opened, by its label; null for not known
   * @param frontEnds how many front ends have connected so far
   */
  public record Session(
      Path folder,
      Path spilled,
      String nodeId,
      long startedAt,
      long pid,
      ClassLoader loader,
      UnaryOperator<String> traces,
      Function<String, CellPage> cellPages,
      LongSupplier frontEnds) {}

  /** Asks the owner who else has refs of objects; any thread may. */
  public interface Borrowers {
    /** For each object, how many other processes have refs of it. */
    List<Integer> of(List<ObjectId> objects);
  }

  private final Session session;
  private final ResourceView resources;
  private final Records records;
  private final TaskLog log;
  private final LatestObjects latest;
  private final TaskDetails details;
  private final ValueCodec codec;
  private final LongAdder storedBytes;
  private final LongSupplier clock;
  private final Borrowers borrowers;
  private volatile ClusterInfo cluster;
  private volatile boolean running = true;
  private volatile Supplier<String> dashboardUrl = () -> null;
  private volatile Supplier<String> dashboardNote = () -> null;

  /**
   * @param records filled by the runtime
   * @param latest the driver's objects
   * @param storedBytes kept up to date by the owner
   * @param clock epoch nanoseconds
   */
  public DriverView(
      Session session,
      ResourceView resources,
      Records records,
      LatestObjects latest,
      ValueCodec codec,
      LongAdder storedBytes,
      LongSupplier clock,
      Borrowers borrowers) {
    this.session = session;
    this.resources = resources;
    this.records = records;
    this.log = records.tasks();
    this.latest = latest;
    this.details = new TaskDetails(records, latest, codec, session.loader, session.traces);
    this.borrowers = borrowers;
    this.codec = codec;
    this.storedBytes = storedBytes;
    this.clock = clock;
  }

  /** Where the dashboard answers, and its note; either may be null, and wait until it is up. */
  public void dashboard(Supplier<String> url, Supplier<String> note) {
    dashboardUrl = url;
    dashboardNote = note;
    log.touch();
  }

  /** The tasks run on that cluster. */
  public void cluster(ClusterInfo info) {
    cluster = info;
  }

  @Override
  public Optional<ClusterInfo> cluster() {
    return Optional.ofNullable(cluster);
  }

  /** The session has ended. */
  public void ended() {
    running = false;
    dashboardUrl = () -> null;
    log.touch();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public String sessionName() {
    return session.folder.getFileName().toString();
  }

  @Override
  public Optional<CellPage> cellPage(String label) {
    return Optional.ofNullable(label).map(session.cellPages);
  }

  @Override
  public long frontEnds() {
    return session.frontEnds.getAsLong();
  }

  @Override
  public Path sessionDir() {
    return session.folder;
  }

  @Override
  public long startedAt() {
    return session.startedAt;
  }

  @Override
  public long now() {
    return clock.getAsLong();
  }

  @Override
  public long driverPid() {
    return session.pid;
  }

  @Override
  public Optional<String> dashboardUrl() {
    return Optional.ofNullable(dashboardUrl.get());
  }

  @Override
  public Optional<String> dashboardNote() {
    return Optional.ofNullable(dashboardNote.get());
  }

  @Override
  public Map<String, Double> totalResources() {
    return resources.total();
  }

  @Override
  public Map<String, Double> availableResources() {
    return resources.available();
  }

  @Override
  public List<NodeInfo> nodes() {
    List<NodeInfo> cluster = resources.nodes();
    if (!cluster.isEmpty()) {
      return cluster;
    }
    return List.of(
        new NodeInfo(
            session.nodeId, "127.0.0.1", running, resources.total(), resources.aliveWorkers()));
  }

  @Override
  public List<WorkerInfo> workers() {
    return resources.workers().stream().map(log::withUsage).toList();
  }

  @Override
  public List<TaskInfo> tasks() {
    return log.tasks();
  }

  @Override
  public long tasksDropped() {
    return log.dropped();
  }

  @Override
  public List<TaskEvent> taskEvents() {
    return log.events();
  }

  @Override
  public List<TaskCount> taskCounts() {
    return log.counts();
  }

  @Override
  public long taskEventsDropped() {
    return log.eventsDropped();
  }

  @Override
  public TaskTotals taskTotals() {
    return log.totals(now());
  }

  @Override
  public long tasksForgotten() {
    return log.forgotten();
  }

  @Override
  public long medianRunNs() {
    return log.medianRunNs();
  }

  @Override
  public List<FunctionInfo> functions() {
    return log.functions(now());
  }

  @Override
  public List<TaskInfo> ranSince(long moment) {
    return log.ranSince(moment);
  }

  @Override
  public TaskChanges taskChanges(long after, int most) {
    return log.changes(after, most);
  }

  @Override
  public Optional<TaskDetail> task(String id) {
    return ObjectId.parse(id).map(log::task).map(details::of);
  }

  @Override
  public List<TaskAttempt> failures(TaskInfo task) {
    return ObjectId.parse(task.objectId()).map(records.failures()::tries).orElse(List.of());
  }

  @Override
  public String preview(TaskInfo task) {
    return ObjectId.parse(task.objectId()).map(details::result).orElse(null);
  }

  @Override
  public LogPage output(Predicate<LogLine> wanted, long after, int most) {
    return records.output().page(wanted, after, most);
  }

  @Override
  public ObjectPage objects(int most) {
    List<LatestObjects.Found> all = latest.withValues();
    List<LatestObjects.Found> found = all.stream().limit(most).toList();
    List<Integer> others = borrowers.of(found.stream().map(each -> each.state().id()).toList());
    List<ObjectInfo> objects = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      objects.add(details.info(found.get(i), others.get(i)));
    }
    return new ObjectPage(objects, all.size() - found.size() + latest.dropped());
  }

  @Override
  public long objectCount() {
    return latest.withValues().size();
  }

  @Override
  public RefInfo ref(ObjectRef<?> ref) {
    return info((ObjectState) ref.handle(), true);
  }

  @Override
  public RefInfo state(ObjectRef<?> ref) {
    return info((ObjectState) ref.handle(), false);
  }

  @Override
  public Object news(ObjectRef<?> ref) {
    ObjectState state = (ObjectState) ref.handle();
    Object latest = state.latest();
    // Of what another process owns only the log has heard.
    return latest != null ? latest : log.task(state.id());
  }

  private RefInfo info(ObjectState state, boolean preview) {
    // The log knows the CPU time of a task that runs; the state outlives the log's memory.
    // Of several results the log knows the first; one of a stream is no task of its own.
    TaskUpdate logged = log.task(state.task() == null ? state.id() : state.id().at(1));
    TaskUpdate task = logged != null ? logged : state.task();
    Outcome outcome = state.outcome();
    boolean here = outcome != null && outcome.isValue();
    boolean elsewhere = state.task() == null && task != null && task.state() == TaskState.FINISHED;
    return new RefInfo(
        state.id().toString(),
        Optional.ofNullable(task).map(TaskUpdate::toInfo),
        here || state.isPlaced() || elsewhere,
        state.bytes(),
        preview ? preview(state) : null,
        outcome == null ? null : loss(outcome.kind()));
  }

  private static Loss loss(Outcome.Kind kind) {
    return switch (kind) {
      case FREED -> Loss.FREED;
      case OBJECT_LOST -> Loss.LOST;
      case OWNER_DIED -> Loss.OWNER_DIED;
      case SESSION_ENDED -> Loss.SESSION_ENDED;
      case VALUE, STORED, TASK_FAILED, WORKER_CRASHED, REFUSED, TASK_CANCELLED, TASK_TIMED_OUT ->
          null;
    };
  }

  @Override
  public Progress progress(List<? extends ObjectRef<?>> refs) {
    Progress.Count count = new Progress.Count(now());
    for (ObjectRef<?> each : refs) {
      ObjectState state = (ObjectState) each.handle();
      TaskUpdate task = state.task();
      if (task == null) {
        count.add(state.isReady());
      } else {
        count.add(task);
      }
    }
    return count.progress();
  }

  @Override
  public Progress progress(String cell) {
    return log.progress(cell, now());
  }

  /** A short text of the object's value, if that is here and small; else null. */
  public String preview(ObjectState state) {
    Outcome outcome = state.outcome();
    return outcome != null && outcome.isValue()
        ? Previews.of(outcome.value(), codec, session.loader)
        : null;
  }

  @Override
  public long storedBytes() {
    return storedBytes.sum();
  }

  @Override
  public long spilledBytes() {
    File[] files = session.spilled.toFile().listFiles();
    return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
  }

  @Override
  public long version() {
    return log.version();
  }
}
