package org.rayshell.runtime.view;

import java.util.Optional;

/**
 * The cluster that a session's tasks run on; immutable.
 *
 * @param address of its head, {@code host:port}
 * @param version of the Ray that it is attached to by
 * @param job the session as the cluster calls it
 * @param dashboard where the cluster's own dashboard answers; empty if it has none
 */
public record ClusterInfo(String address, String version, String job, Optional<String> dashboard) {}
