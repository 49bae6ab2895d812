package org.rayshell.runtime.view;

import java.util.Optional;

/**
 * What this process knows of an object without fetching anything; immutable.
 *
 * @param objectId 56 hex digits
 * @param task the task that makes it; empty for what was {@code put} and for tasks long forgotten
 * @param stored whether there is a value, here or in another process
 * @param bytes the value's size, encoded; 0 if there is none
 * @param preview a short text of the value ({@code int 49}, {@code String "abc…"}, {@code
 *     double[3]}), if it is here and small, and was asked for; else null
 * @param loss why there is no value, although no failure of the task is to blame; else null
 */
public record RefInfo(
    String objectId,
    Optional<TaskInfo> task,
    boolean stored,
    long bytes,
    String preview,
    Loss loss) {
  /** Of an object that is not lost. */
  public RefInfo(
      String objectId, Optional<TaskInfo> task, boolean stored, long bytes, String preview) {
    this(objectId, task, stored, bytes, preview, null);
  }
}
