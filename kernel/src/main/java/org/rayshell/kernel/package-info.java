/** The kernel process: its main class and what puts the parts together. */
package org.rayshell.kernel;
