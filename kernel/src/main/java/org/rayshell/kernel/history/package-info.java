/** What has been run, across restarts: a file of SQLite that all kernels of a user share. */
package org.rayshell.kernel.history;
