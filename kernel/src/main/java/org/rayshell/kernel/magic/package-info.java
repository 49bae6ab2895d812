/** Line and cell magics. */
package org.rayshell.kernel.magic;
