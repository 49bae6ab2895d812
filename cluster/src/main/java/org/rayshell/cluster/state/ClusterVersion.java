package org.rayshell.cluster.state;

/**
 * Which Ray a cluster runs.
 *
 * @param ray such as {@code 2.60.0}
 * @param commit what it was built from
 * @param session the name of the cluster's session, another for each head that was started; empty
 *     if it does not say
 */
public record ClusterVersion(String ray, String commit, String session) {}
