/** Values of rows and columns, as HTML and as text. */
package org.rayshell.kernel.display.table;
