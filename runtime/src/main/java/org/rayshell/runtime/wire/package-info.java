/** Messages between the processes of a session and the loop that owns their sockets. */
package org.rayshell.runtime.wire;
