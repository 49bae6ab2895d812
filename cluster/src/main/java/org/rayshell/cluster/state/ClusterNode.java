package org.rayshell.cluster.state;

import java.util.Map;

/**
 * A machine of a cluster, or one that was.
 *
 * @param id 28 bytes in hex digits
 * @param ip its address
 * @param alive whether it still belongs to the cluster
 * @param head whether it holds the cluster's tables
 * @param stateMessage why it is not alive, or empty
 * @param resources what it has, by name; memory in bytes
 */
public record ClusterNode(
    String id,
    String ip,
    boolean alive,
    boolean head,
    String stateMessage,
    Map<String, ClusterResource> resources) {}
