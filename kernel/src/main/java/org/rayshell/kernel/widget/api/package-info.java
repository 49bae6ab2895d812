/**
 * What cells see of the widgets without an import: it is imported by {@code *}, so that a cell's
 * own names hide it.
 */
package org.rayshell.kernel.widget.api;
