/** Values as bytes: how they are encoded and decoded, and what cannot be. */
package org.rayshell.runtime.store;
