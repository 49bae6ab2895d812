package org.rayshell.cluster.task;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.rayshell.cluster.link.TaskEnd;
import org.rayshell.cluster.link.Wire;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Who has submitted a task in a worker, for views of it; immutable.
 *
 * @param pid the worker
 * @param parent the task that it ran
 * @param submitted epoch nanoseconds
 * @param cpus that the task asks for
 */
record Submitter(long pid, ObjectId parent, long submitted, double cpus) {
  void write(DataOutputStream out) throws IOException {
    out.writeLong(pid);
    Wire.id(out, parent);
    out.writeLong(submitted);
    out.writeDouble(cpus);
  }

  static Submitter read(DataInputStream in) throws IOException {
    return new Submitter(in.readLong(), Wire.id(in), in.readLong(), in.readDouble());
  }

  private TaskUpdate update(TaskCall call, TaskState state, long at, TaskUpdate.Run run) {
    int retries = call.attempts() < 0 ? -1 : call.attempts() - 1;
    TaskKind kind = new TaskKind(call.name(), call.cell(), parent, pid, retries, cpus);
    return new TaskUpdate(call.task(), kind, state, call.attempt(), submitted, at, run);
  }

  TaskUpdate submitted(TaskCall call) {
    return update(call, TaskState.PENDING_NODE_ASSIGNMENT, submitted, TaskUpdate.Run.NONE);
  }

  TaskUpdate started(TaskCall call, long worker, long at) {
    return update(
        call, TaskState.RUNNING, at, new TaskUpdate.Run(worker, at, 0, 0, 0, 0, null, null));
  }

  TaskUpdate ended(TaskCall call, long worker, Outcome.Kind kind, TaskEnd end) {
    boolean value = kind == Outcome.Kind.VALUE;
    ErrorType type =
        value
            ? null
            : kind == Outcome.Kind.TASK_CANCELLED
                ? ErrorType.TASK_CANCELLED
                : ErrorType.TASK_EXECUTION_EXCEPTION;
    return update(
        call,
        value ? TaskState.FINISHED : TaskState.FAILED,
        end.ended(),
        new TaskUpdate.Run(
            worker,
            end.started(),
            end.ended(),
            end.cpuNs(),
            value ? end.bytes() : 0,
            0,
            end.error(),
            type));
  }
}
