package org.rayshell.runtime.view;

/**
 * Where people find a cell in its notebook; immutable.
 *
 * @param server address of the server that has the notebook, with a {@code /} at its end; null if a
 *     browser cannot go there but by the proxy that it already uses
 * @param path of the cell's page below it, encoded for an address
 */
public record CellPage(String server, String path) {}
