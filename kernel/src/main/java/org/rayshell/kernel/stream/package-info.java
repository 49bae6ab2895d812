/** Streams of text as standard streams. */
package org.rayshell.kernel.stream;
