/** What IJava and JJava give their notebooks, so that these run unchanged. */
package org.rayshell.kernel.compat;
