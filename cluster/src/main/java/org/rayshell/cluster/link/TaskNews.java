package org.rayshell.cluster.link;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.wire.TaskKind;
import org.rayshell.runtime.wire.TaskUpdate;

/** How the news of a task is written that another task has submitted. */
final class TaskNews {
  private static final TaskState[] STATES = TaskState.values();
  private static final ErrorType[] ERROR_TYPES = ErrorType.values();
  private static final int NONE = -1;

  private TaskNews() {}

  static void write(DataOutputStream out, TaskUpdate task) throws IOException {
    Wire.id(out, task.id());
    Wire.text(out, task.function());
    Wire.text(out, task.cell());
    out.writeBoolean(task.parent() != null);
    if (task.parent() != null) {
      Wire.id(out, task.parent());
    }
    out.writeLong(task.ownerPid());
    out.writeInt(task.maxRetries());
    out.writeDouble(task.numCpus());
    out.writeByte(task.state().ordinal());
    out.writeInt(task.attempt());
    out.writeLong(task.submitted());
    out.writeLong(task.at());
    TaskUpdate.Run run = task.run();
    out.writeLong(run.workerPid());
    out.writeLong(run.started());
    out.writeLong(run.ended());
    out.writeLong(run.cpuNs());
    out.writeLong(run.resultBytes());
    Wire.text(out, run.error());
    out.writeByte(run.errorType() == null ? NONE : run.errorType().ordinal());
  }

  static TaskUpdate read(DataInputStream in) throws IOException {
    ObjectId id = Wire.id(in);
    String function = Wire.text(in);
    String cell = Wire.text(in);
    ObjectId parent = in.readBoolean() ? Wire.id(in) : null;
    TaskKind kind =
        new TaskKind(function, cell, parent, in.readLong(), in.readInt(), in.readDouble());
    TaskState state = STATES[in.readByte()];
    int attempt = in.readInt();
    long submitted = in.readLong();
    long at = in.readLong();
    long pid = in.readLong();
    long started = in.readLong();
    long ended = in.readLong();
    long cpu = in.readLong();
    long bytes = in.readLong();
    String error = Wire.text(in);
    int type = in.readByte();
    return new TaskUpdate(
        id,
        kind,
        state,
        attempt,
        submitted,
        at,
        new TaskUpdate.Run(
            pid, started, ended, cpu, bytes, 0, error, type == NONE ? null : ERROR_TYPES[type]));
  }
}
