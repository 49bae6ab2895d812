/** The only place where the kernel touches {@code org.rayshell.runtime} beyond the public API. */
package org.rayshell.kernel.bridge;
