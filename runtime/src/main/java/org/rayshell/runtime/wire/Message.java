package org.rayshell.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WaitReason;

/**
 * What processes of a session say to each other; every message is immutable. A lease, a request or
 * an object is named by its number; a process by the name of its socket, {@code driver} or {@code
 * w7}.
 */
public sealed interface Message {
  /** A message that brings values, and with them refs. */
  sealed interface Carrier extends Message {
    /** All the values in it. */
    List<EncodedValue> values();

    /** Whether there are refs in them. */
    default boolean hasRefs() {
      return hasRefs(values());
    }

    /** Whether some of them are in the arena. */
    default boolean hasBlocks() {
      return hasBlocks(values());
    }

    private static boolean hasBlocks(List<EncodedValue> values) {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).block() != null) {
          return true;
        }
      }
      return false;
    }

    private static boolean hasRefs(List<EncodedValue> values) {
      for (int i = 0; i < values.size(); i++) {
        if (!values.get(i).refs().isEmpty()) {
          return true;
        }
      }
      return false;
    }
  }

  /** The first message of whoever connects; nothing else is read before it. */
  record Hello(int protocol, byte[] secret, String name, long pid) implements Message {}

  /** To the raylet, from an owner or a worker. */
  sealed interface ToRaylet extends Message {}

  /** From the raylet to an owner or a worker. */
  sealed interface FromRaylet extends Message {}

  /** From an owner to the worker it has leased. */
  sealed interface ToWorker extends Message {}

  /** To the owner of a task or an object. */
  sealed interface ToOwner extends Message {}

  /**
   * An owner asks for a worker.
   *
   * @param depth how many tasks are above the tasks that are to run there
   * @param env what the worker must have been started with
   */
  record RequestLease(long request, Map<String, Double> shape, int depth, RuntimeEnv env)
      implements ToRaylet {}

  /** The owner has no more use for a lease that it asked for. */
  record CancelRequest(long request) implements ToRaylet {}

  /** The owner gives the worker back. */
  record ReturnLease(long lease) implements ToRaylet {}

  /** The task that runs under the lease begins to wait: its CPUs are free. */
  record Blocked(long lease) implements ToRaylet {}

  /** The task that runs under the lease goes on. */
  record Unblocked(long lease) implements ToRaylet {}

  /** Lines that tasks printed, in order. */
  record TaskOutput(List<Line> lines) implements ToRaylet {
    /** A line of a task, without its end; the cell may be null. */
    public record Line(ObjectId task, String cell, String function, boolean stderr, String text) {}
  }

  /** Asks for {@link OutputFlushed} once all output before it has been shown. */
  record FlushOutput(long flush) implements ToRaylet {}

  /** Tasks of this owner that changed. */
  record TaskUpdates(List<TaskUpdate> tasks) implements ToRaylet {}

  /** CPU time so far of the task that runs. */
  record Heartbeat(ObjectId task, long cpuNs) implements ToRaylet {}

  /** A peer cannot be reached: how did it end? */
  record PeerLost(String name) implements ToRaylet {}

  /**
   * The owner's task does not heed its cancellation: the worker under the lease is to be killed.
   */
  record KillWorker(long lease) implements ToRaylet {}

  /** Asks for {@link ResourcesReply}. */
  record ResourcesRequest(long request) implements ToRaylet {}

  /** The answer to {@link ExitIfUnneeded} of a worker whose objects or tasks are still wanted. */
  record Staying() implements ToRaylet {}

  /** The answer to {@link CheckHealth}. */
  record Healthy(long check) implements ToRaylet {}

  /** The answer to {@link RequestLease}: tasks may be pushed to that worker. */
  record LeaseGranted(long request, long lease, String worker, long pid) implements FromRaylet {}

  /** The answer to {@link RequestLease} if no worker can ever be had. */
  record LeaseRefused(long request, String reason) implements FromRaylet {}

  /** Others wait: the lease is to be returned after the task that runs. */
  record Reclaim(long lease) implements FromRaylet {}

  /**
   * A worker has ended.
   *
   * @param how {@code exit code 1} or {@code signal 9}
   * @param tail the last lines of its stderr; empty if there are none
   */
  record WorkerDied(String name, long pid, String how, String tail) implements FromRaylet {}

  /** All resources and the free ones. */
  record ResourcesReply(
      long request,
      Map<String, Double> total,
      Map<String, Double> available,
      String nodeId,
      int workers,
      String dashboardUrl)
      implements FromRaylet {}

  /** The answer to {@link FlushOutput}. */
  record OutputFlushed(long flush) implements FromRaylet {}

  /** The worker is idle and not needed: it may end itself. */
  record ExitIfUnneeded() implements FromRaylet {}

  /** The session ends. */
  record Shutdown() implements FromRaylet {}

  /** Is the worker's loop alive? Asked now and then; answered at once by {@link Healthy}. */
  record CheckHealth(long check) implements FromRaylet {}

  /** Code that tasks refer to by its hash; sent once a worker. */
  record ExportCode(String hash, byte[] bytes) implements ToWorker {}

  /**
   * A task to run.
   *
   * @param export the hash of its code
   * @param attempts how many tries there are in all; -1 for without end
   * @param args nothing in the places of those in {@code stored}
   * @param stored arguments that other processes keep
   * @param depth how many tasks are above it
   * @param terms what its owner wants of it beyond its run
   */
  record PushTask(
      long lease,
      ObjectId task,
      String name,
      String export,
      EncodedValue target,
      List<EncodedValue> args,
      List<StoredArgument> stored,
      int attempt,
      int attempts,
      String cell,
      int depth,
      Terms terms)
      implements ToWorker, Carrier {
    /**
     * What an owner wants of a task.
     *
     * @param returns how many values it is to return: {@link #ONE} as they are, {@link #STREAM} one
     *     after the other
     * @param retryOn the names of the exceptions after which it is run again
     * @param ahead of a stream, how many items it may make that nobody has taken; -1 for no limit
     * @param taken of a stream, how many items an earlier try made that were taken
     * @param kept of a stream, how many items an earlier try made: they need not be sent again
     */
    public record Terms(int returns, List<String> retryOn, int ahead, int taken, int kept) {
      /** What the function returns is the one value. */
      public static final int ONE = 0;

      /** What the function returns is a stream of values. */
      public static final int STREAM = -1;

      /** One value, and no more tries after an exception. */
      public static final Terms PLAIN = new Terms(ONE, List.of(), 0, 0, 0);
    }

    /** The same with all arguments in their places. */
    public PushTask with(List<EncodedValue> all) {
      return new PushTask(
          lease, task, name, export, target, all, List.of(), attempt, attempts, cell, depth, terms);
    }

    @Override
    public List<EncodedValue> values() {
      List<EncodedValue> values = new ArrayList<>(args);
      values.add(target);
      return values;
    }

    @Override
    public boolean hasRefs() {
      return !target.refs().isEmpty() || Carrier.hasRefs(args);
    }

    @Override
    public boolean hasBlocks() {
      return target.block() != null || Carrier.hasBlocks(args);
    }
  }

  /** An argument whose value that worker keeps, in the place of that index. */
  record StoredArgument(int index, ObjectId id, String worker) {}

  /** A task was not begun, since the value of an argument is not where it was said to be. */
  record ArgumentLost(ObjectId task, int attempt, ObjectId argument, String worker, String why)
      implements ToOwner {}

  /**
   * The task is not wanted any more, queued or running.
   *
   * @param force whether the process is to end if it runs
   * @param recursive whether the tasks that it submitted are cancelled, too
   */
  record CancelTask(ObjectId task, int attempt, boolean force, boolean recursive)
      implements ToWorker {}

  /** So many items of the stream were taken, in all. */
  record ItemsTaken(ObjectId task, int attempt, int count) implements ToWorker {}

  /** The owner wants tasks back that have not begun, the latest first; always answered. */
  record ReturnTasks(long lease, int max) implements ToWorker {}

  /** The task begins; epoch nanoseconds. */
  record TaskStarted(ObjectId task, int attempt, long started) implements ToOwner {}

  /**
   * The task has ended.
   *
   * @param error first line of its exception; null if it returned
   * @param retry whether the exception is one after which it is to be run again
   */
  record TaskDone(
      ObjectId task,
      int attempt,
      Outcome outcome,
      String error,
      long started,
      long ended,
      long cpuNs,
      boolean retry)
      implements ToOwner, Carrier {
    /** The same with another outcome. */
    public TaskDone with(Outcome other) {
      if (other == outcome) {
        return this;
      }
      return new TaskDone(task, attempt, other, error, started, ended, cpuNs, retry);
    }

    @Override
    public List<EncodedValue> values() {
      return outcome.values();
    }

    @Override
    public boolean hasRefs() {
      return outcome.value() != null && !outcome.value().refs().isEmpty();
    }

    @Override
    public boolean hasBlocks() {
      return outcome.value() != null && outcome.value().block() != null;
    }
  }

  /**
   * One of several values of a task, before {@link TaskDone}; for one of a stream, as soon as it is
   * there.
   *
   * @param number which, from 1
   */
  record TaskItem(ObjectId task, int attempt, int number, Outcome outcome)
      implements ToOwner, Carrier {
    @Override
    public List<EncodedValue> values() {
      return outcome.values();
    }
  }

  /** A process that is not the owner wants the task cancelled that makes the object. */
  record CancelObject(ObjectId id, boolean force, boolean recursive) implements ToOwner {}

  /**
   * Tasks that were pushed under a lease will not be begun there, in the order they were pushed.
   *
   * @param holder the task that runs and keeps the others waiting; null if this answers {@link
   *     ReturnTasks}
   */
  record TasksReturned(long lease, List<ObjectId> tasks, ObjectId holder) implements ToOwner {}

  /** A borrower asks for an object, or only whether it is there; answered once it is. */
  record GetObject(long request, ObjectId id, boolean value) implements ToOwner {}

  /**
   * The answer to {@link GetObject}.
   *
   * @param outcome null if only readiness was asked
   */
  record ObjectReply(long request, Outcome outcome) implements Carrier {
    @Override
    public List<EncodedValue> values() {
      return outcome == null ? List.of() : outcome.values();
    }
  }

  /** The answer to {@link GetObject}, too: that worker has the value. */
  record StoredAt(long request, String worker, long bytes) implements Message {}

  /** About large results, which stay where they were made. */
  sealed interface OfResults extends Message {}

  /** To who keeps a result; answered by {@link ResultReply}. */
  record GetResult(long request, ObjectId id) implements OfResults {}

  /** The answer to {@link GetResult}: the value, or a failure. */
  record ResultReply(long request, Outcome outcome) implements OfResults, Carrier {
    @Override
    public List<EncodedValue> values() {
      return outcome.values();
    }
  }

  /** To who keeps a result: its owner has no more use for it there. */
  record DropResult(ObjectId id) implements OfResults {}

  /**
   * Somebody is about to send a ref to another process: the owner of the object keeps it for that
   * one, too. Answered by {@link BorrowerAdded}.
   *
   * @param borrower the other process
   */
  record AddBorrower(long request, ObjectId id, String borrower) implements ToOwner {}

  /** The answer to {@link AddBorrower}. */
  record BorrowerAdded(long request) implements Message {}

  /**
   * The sender has no ref of the object any more.
   *
   * @param via the process that refs had come from
   * @param times how often they had come from there
   */
  record ReleaseObject(ObjectId id, String via, int times) implements ToOwner {}

  /**
   * To a borrower: a process has died that had told the owner of refs for the borrower; how many
   * did arrive?
   */
  record CountArrivals(ObjectId id, String via) implements Message {}

  /** The answer to {@link CountArrivals}, once nothing more can arrive: those not let go yet. */
  record Arrivals(ObjectId id, String via, int times) implements ToOwner {}

  /** A borrower wants the object's value to go; see {@link org.rayshell.Ray#free}. */
  record FreeObject(ObjectId id) implements ToOwner {}

  /** To a borrower: the object's value has gone, and copies of it are to go. */
  record ObjectFreed(ObjectId id) implements Message {}

  /** Between the driver and the gateway to a Ray cluster. */
  sealed interface OfCluster extends Message {}

  /**
   * From the gateway: it is attached, and tasks may be pushed.
   *
   * @param version Ray's
   * @param job the id that Ray has given the session, 8 hex digits
   * @param dashboardUrl of the cluster; null if it has none
   */
  record ClusterAttached(String version, String job, String dashboardUrl) implements OfCluster {}

  /** From the gateway: it cannot be attached, or the cluster is gone. It ends itself. */
  record ClusterLost(String reason) implements OfCluster {}

  /** From the gateway, now and then: what the cluster has. */
  record ClusterState(
      Map<String, Double> total,
      Map<String, Double> available,
      List<Node> nodes,
      List<Worker> workers)
      implements OfCluster {
    /** A machine of the cluster. */
    public record Node(String id, String address, boolean alive, Map<String, Double> resources) {}

    /**
     * A process that has run tasks of the session.
     *
     * @param node its machine's address
     * @param busy whether it runs one
     * @param started when it was first heard of, epoch nanoseconds
     */
    public record Worker(long pid, String node, boolean busy, long started) {}
  }

  /** To the gateway: what the tasks ask for that are pushed under the lease. */
  record OpenLease(long lease, Map<String, Double> shape, RuntimeEnv env) implements OfCluster {}

  /** To the gateway: the lease is used no more. */
  record CloseLease(long lease) implements OfCluster {}

  /** To the gateway: a value for the cluster's store. Answered by {@link ObjectStored}. */
  record StoreObject(long request, ObjectId id, EncodedValue value) implements OfCluster, Carrier {
    @Override
    public List<EncodedValue> values() {
      return List.of(value);
    }
  }

  /** The answer to {@link StoreObject}; the error is null if the value is there. */
  record ObjectStored(long request, String error) implements OfCluster {}

  /** From the gateway: which process runs the task, of which machine. */
  record TaskAt(ObjectId task, int attempt, long pid, String node) implements OfCluster {}

  /** From the gateway: lines that tasks printed in one process of the cluster. */
  record ClusterOutput(long pid, String node, List<TaskOutput.Line> lines) implements OfCluster {}

  /** About the arena: who may write where, and who reads what. */
  sealed interface OfArena extends Message {}

  /**
   * To the driver: a region with room for so many bytes. Answered by {@link RegionGranted}.
   *
   * @param effort what others are to do for it, of BlockStore.Effort
   */
  record RequestRegion(long request, long bytes, int effort) implements OfArena {}

  /** The answer to {@link RequestRegion}; of no length if there is no room. */
  record RegionGranted(long request, long offset, long length) implements OfArena {}

  /**
   * To a worker: another process wants so much room. Garbage may keep blocks, and blocks regions;
   * what is not in use may be written to files. Answered by {@link RoomMade}.
   */
  record MakeRoom(long request, long bytes, boolean spill) implements OfArena {}

  /** The answer to {@link MakeRoom}. */
  record RoomMade(long request) implements OfArena {}

  /** To the driver: these steps of the sender's regions are used no more. */
  record ReturnRegion(long offset, long length) implements OfArena {}

  /**
   * To the driver: the sender is about to tell the reader of a block that another process wrote.
   * Answered by {@link BorrowerAdded} when the driver keeps it. From the driver, to who wrote it:
   * answered by {@link BlockPinned}.
   */
  record PinBlock(long request, BlockAddress block, String reader) implements OfArena {}

  /** The answer to {@link PinBlock}: whether the block is still there. */
  record BlockPinned(long request, boolean there) implements OfArena {}

  /** To who keeps a block: of the times the sender was told of it so many are over. */
  record ReleaseBlock(String home, long at, int times) implements OfArena {}

  /** To the driver: nothing is read any more of what that process wrote, which has died. */
  record UnreadBlocks(String home) implements OfArena {}

  /** What the driver asks a worker for people to look at; answered from the worker's loop. */
  sealed interface Question extends Message {
    /** The number that the answer carries. */
    long request();
  }

  /** The answer to a {@link Question}. */
  sealed interface Answer extends Message {
    /** The number of the question. */
    long request();
  }

  /** What does the task do that runs there? Answered by {@link StackAnswer}. */
  record StackQuestion(long request) implements Question {}

  /** The answer to {@link StackQuestion}. */
  record StackAnswer(long request, TaskStack stack) implements Answer {}

  /** What do these tasks of the worker wait for? Answered by {@link WaitsAnswer}. */
  record WaitsQuestion(long request, List<ObjectId> tasks) implements Question {}

  /** The answer to {@link WaitsQuestion}, without those that wait no more. */
  record WaitsAnswer(long request, List<WaitReason> reasons) implements Answer {}

  /** Which objects does the worker own, the latest? Answered by {@link ObjectsAnswer}. */
  record ObjectsQuestion(long request, int most) implements Question {}

  /** The answer to {@link ObjectsQuestion}. */
  record ObjectsAnswer(long request, List<OwnedObject> objects) implements Answer {}

  /**
   * Where are the worker's tasks, time and again? Answered by {@link ProfileAnswer} when the time
   * is over, or at {@link EndProfile}.
   *
   * @param only a function, or the beginning of a task's id, if only such are wanted; else empty
   */
  record ProfileQuestion(long request, long nanos, String only) implements Question {}

  /** The profile of that question need not go on. */
  record EndProfile(long request) implements Question {}

  /** The answer to {@link ProfileQuestion}. */
  record ProfileAnswer(long request, TaskProfile profile) implements Answer {}
}
