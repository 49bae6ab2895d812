/** The worker process: its main class, the thread that runs tasks, what it prints. */
package org.rayshell.runtime.worker;
