/**
 * What a Ray cluster says of itself: its tasks, nodes, resources and jobs, from the HTTP API of its
 * dashboard. Nothing here needs Ray's own classes.
 */
package org.rayshell.cluster.state;
