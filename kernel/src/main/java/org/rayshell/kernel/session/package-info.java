/**
 * The life of a request: busy, reply, idle; the execution thread; output, stdin, history. Knows no
 * Java evaluation; that is behind {@link org.rayshell.kernel.session.Engine}.
 */
package org.rayshell.kernel.session;
