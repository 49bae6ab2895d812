/**
 * A session whose tasks run on a cluster: what the driver knows of it, and what its gateway, a
 * process of the session, asks of the cluster. What cluster that is belongs elsewhere.
 */
package org.rayshell.runtime.cluster;
