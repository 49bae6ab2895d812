/** The gateway's process: a driver of Ray's that submits what the session's driver sends. */
package org.rayshell.cluster.gateway;
