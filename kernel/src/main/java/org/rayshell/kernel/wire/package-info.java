/**
 * The messages of the Jupyter protocol as pure data, and their signed form on the wire. No sockets,
 * no threads.
 */
package org.rayshell.kernel.wire;
