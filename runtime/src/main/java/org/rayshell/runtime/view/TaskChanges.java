package org.rayshell.runtime.view;

import java.util.List;

/**
 * Tasks that changed since some moment; immutable.
 *
 * @param upTo the moment to ask with next: how many changes there have been
 * @param tasks those that changed, as they are now, the latest first
 * @param missed how many changes before those are not told, since there were too many
 */
public record TaskChanges(long upTo, List<TaskInfo> tasks, long missed) {}
