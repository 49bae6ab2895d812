package org.rayshell;

import java.util.Map;

/**
 * A machine of the cluster; immutable.
 *
 * @param nodeId its id, 56 hex digits
 * @param address its IP address
 * @param alive whether it answers
 * @param resources what it offers in all, by name; memory in bytes
 * @param workers how many worker processes it runs now
 */
public record NodeInfo(
    String nodeId, String address, boolean alive, Map<String, Double> resources, int workers) {}
