/** Shared memory that all processes of a session map: the file, its regions, and blocks in them. */
package org.rayshell.runtime.store.arena;
