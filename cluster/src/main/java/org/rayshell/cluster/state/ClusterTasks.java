package org.rayshell.cluster.state;

import java.util.List;

/**
 * Tasks of a cluster, as many as were asked for.
 *
 * @param tasks in no order, every try of each
 * @param total how many tries the cluster knows; it forgets the oldest
 * @param warning what the cluster says is missing in its answer, or empty
 */
public record ClusterTasks(List<ClusterTask> tasks, long total, String warning) {}
