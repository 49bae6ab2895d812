/**
 * Jupyter's widgets from Java: controls that a page shows and whose values both sides change. Each
 * is a model, which the front end ({@code jupyterlab_widgets}) has a twin of; the two talk over a
 * comm, by the widgets' message protocol 2.1. Cells make them by {@code Widgets}.
 */
package org.rayshell.kernel.widget;
