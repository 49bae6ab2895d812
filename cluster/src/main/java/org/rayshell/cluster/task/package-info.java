/**
 * What runs in the workers of a Ray cluster: the function that Ray calls for each of a session's
 * tasks, and the runtime that such a task finds. Nothing of the gateway.
 */
package org.rayshell.cluster.task;
