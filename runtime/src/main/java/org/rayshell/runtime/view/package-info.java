/**
 * Read-only pictures of a running session: tasks, workers, resources. Made by the runtime, read by
 * the dashboard and the notebook's views.
 */
package org.rayshell.runtime.view;
