package org.rayshell.kernel.eval;

/**
 * One snippet of a cell.
 *
 * @param source what JShell is given; begins where the snippet does, ends as it does, with a
 *     semicolon if it lacked one
 * @param start its first character in the cell
 * @param whole whether it parses; if not, the rest of the cell is in it
 * @param semicolon whether the cell itself ends it with one
 */
record Piece(String source, int start, boolean whole, boolean semicolon) {}
