package org.rayshell.runtime.wire;

import java.util.List;
import java.util.Map;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;

/**
 * What processes of a session say to each other; every message is immutable. A lease, a request or
 * an object is named by its number; a process by the name of its socket, {@code driver} or {@code
 * w7}.
 */
public sealed interface Message {
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
    /** A line without its end; the cell may be null. */
    public record Line(String cell, String function, boolean stderr, String text) {}
  }

  /** Asks for {@link OutputFlushed} once all output before it has been shown. */
  record FlushOutput(long flush) implements ToRaylet {}

  /** Tasks of this owner that changed. */
  record TaskUpdates(List<TaskUpdate> tasks) implements ToRaylet {}

  /** CPU time so far of the task that runs. */
  record Heartbeat(ObjectId task, long cpuNs) implements ToRaylet {}

  /** A peer cannot be reached: how did it end? */
  record PeerLost(String name) implements ToRaylet {}

  /** Asks for {@link ResourcesReply}. */
  record ResourcesRequest(long request) implements ToRaylet {}

  /** The answer to {@link ExitIfUnneeded} of a worker whose objects or tasks are still wanted. */
  record Staying() implements ToRaylet {}

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

  /** Code that tasks refer to by its hash; sent once a worker. */
  record ExportCode(String hash, byte[] bytes) implements ToWorker {}

  /**
   * A task to run.
   *
   * @param export the hash of its code
   * @param attempts how many tries there are in all; -1 for without end
   * @param depth how many tasks are above it
   */
  record PushTask(
      long lease,
      ObjectId task,
      String name,
      String export,
      byte[] target,
      List<EncodedValue> args,
      int attempt,
      int attempts,
      String cell,
      int depth)
      implements ToWorker {}

  /** The owner wants tasks back that have not begun, the latest first; always answered. */
  record ReturnTasks(long lease, int max) implements ToWorker {}

  /** The task begins; epoch nanoseconds. */
  record TaskStarted(ObjectId task, int attempt, long started) implements ToOwner {}

  /**
   * The task has ended.
   *
   * @param error first line of its exception; null if it returned
   */
  record TaskDone(
      ObjectId task,
      int attempt,
      Outcome outcome,
      String error,
      long started,
      long ended,
      long cpuNs)
      implements ToOwner {}

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
  record ObjectReply(long request, Outcome outcome) implements Message {}
}
