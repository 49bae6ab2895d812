package org.rayshell.kernel.display.table;

import java.util.List;

/**
 * The part of a table that is shown.
 *
 * @param columns those shown, each with its cells: of the open rows first
 * @param open how many rows are seen at once; the others can be opened
 * @param rows how many rows there are in the cells
 * @param leastText how many rows text has at least, which cannot be opened
 * @param after how many rows follow that are not shown
 * @param unread whether more rows may follow that were not read
 * @param columnsLeft how many columns are not shown
 * @param size what the whole is, {@code 1,200 rows × 4 columns}
 * @param most how many characters of HTML it may have
 */
record Shown(
    List<Column> columns,
    int open,
    int rows,
    int leastText,
    int after,
    boolean unread,
    int columnsLeft,
    String size,
    int most) {}
