package org.rayshell.runtime.view;

import java.util.Optional;

/**
 * What this process knows of an object without fetching anything; immutable.
 *
 * @param objectId 56 hex digits
 * @param task the task that makes it; empty for what was {@code put} and for tasks long forgotten
 * @param stored whether a value is here
 * @param bytes the value's size, encoded; 0 if it is not here
 * @param preview a short text of the value ({@code int 49}, {@code String "abc…"}, {@code
 *     double[3]}), if it is here and small; else null
 */
public record RefInfo(
    String objectId, Optional<TaskInfo> task, boolean stored, long bytes, String preview) {}
