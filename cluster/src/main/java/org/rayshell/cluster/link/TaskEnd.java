package org.rayshell.cluster.link;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.rayshell.runtime.ObjectId;

/**
 * What a worker tells of a task that has ended, but for what became of its value.
 *
 * @param error first line of its exception; null if it returned
 * @param started epoch nanoseconds; 0 if it did not begin
 * @param retry whether the exception is one after which it is to be run again
 * @param bytes of its value or exception
 */
public record TaskEnd(
    ObjectId task,
    int attempt,
    String error,
    long started,
    long ended,
    long cpuNs,
    boolean retry,
    long bytes) {
  /** Writes it. */
  public void write(DataOutputStream out) throws IOException {
    Wire.id(out, task);
    out.writeInt(attempt);
    Wire.text(out, error);
    out.writeLong(started);
    out.writeLong(ended);
    out.writeLong(cpuNs);
    out.writeBoolean(retry);
    out.writeLong(bytes);
  }

  /** Reads it. */
  public static TaskEnd read(DataInputStream in) throws IOException {
    return new TaskEnd(
        Wire.id(in),
        in.readInt(),
        Wire.text(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readLong());
  }
}
