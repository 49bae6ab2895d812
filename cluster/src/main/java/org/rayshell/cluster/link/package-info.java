/**
 * The connection from a worker of a cluster to the gateway: what tasks print, that they begin and
 * end, the code they need. Nothing of Ray.
 */
package org.rayshell.cluster.link;
