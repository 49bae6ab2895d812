/** Help while typing: completion, inspection, is-complete. */
package org.rayshell.kernel.assist;
