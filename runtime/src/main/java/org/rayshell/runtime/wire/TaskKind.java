package org.rayshell.runtime.wire;

import org.rayshell.runtime.ObjectId;

/**
 * What tasks have in common that are submitted at one place; immutable. A loop's thousand tasks
 * share one.
 *
 * @param function what the task is shown as
 * @param cell the cell at the top of it all, such as {@code In [7]}; null if none
 * @param parent the object that the submitting task makes; null for the driver's tasks
 * @param ownerPid the process that submits it
 * @param maxRetries how often it is tried again; -1 for without end
 * @param numCpus CPUs that it needs
 */
public record TaskKind(
    String function, String cell, ObjectId parent, long ownerPid, int maxRetries, double numCpus) {

  /** The other if it is the same, so that one is kept of both; else this. */
  public TaskKind orOther(TaskKind other) {
    return equals(other) ? other : this;
  }
}
