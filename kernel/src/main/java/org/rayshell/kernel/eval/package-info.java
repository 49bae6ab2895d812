/**
 * Java cells: JShell in process with our own execution control, and the companions of remote
 * functions.
 */
package org.rayshell.kernel.eval;
