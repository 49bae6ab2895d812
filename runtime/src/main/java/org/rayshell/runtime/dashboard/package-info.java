/**
 * The HTTP dashboard of a running driver. It reads {@link org.rayshell.runtime.view} and changes
 * nothing.
 */
package org.rayshell.runtime.dashboard;
