/** Comms, by the API of jupyter-jvm-basekernel. */
package org.rayshell.kernel.comm;
