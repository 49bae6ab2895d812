/**
 * The raylet: resources, leases, and the pool of worker processes. It never sees a task's code or
 * values.
 */
package org.rayshell.runtime.scheduler;
