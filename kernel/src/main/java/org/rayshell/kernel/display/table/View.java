package org.rayshell.kernel.display.table;

import java.util.List;

/**
 * What is shown of a table; immutable.
 *
 * @param skip how many rows are left out before
 * @param limit how many rows are shown at once; 0 for the usual
 * @param sortBy the column, or null
 * @param columns those shown; empty for the first
 * @param chars how many characters of a value are shown
 */
record View(
    int skip, int limit, String sortBy, boolean descending, List<String> columns, int chars) {
  private static final int VALUE_CHARS = 40;

  /** What is shown of it unless somebody asks for something else. */
  static final View USUAL = new View(0, 0, null, false, List.of(), VALUE_CHARS);

  View skipping(int rows) {
    return new View(rows, limit, sortBy, descending, columns, chars);
  }

  View limited(int rows) {
    return new View(skip, rows, sortBy, descending, columns, chars);
  }

  View sorted(String column, boolean down) {
    return new View(skip, limit, column, down, columns, chars);
  }

  View of(List<String> names) {
    return new View(skip, limit, sortBy, descending, names, chars);
  }

  View cutAt(int most) {
    return new View(skip, limit, sortBy, descending, columns, most);
  }

  /** The row after the last that is shown. */
  int end(int usual) {
    return (int) Math.min(Integer.MAX_VALUE, (long) skip + (limit == 0 ? usual : limit));
  }
}
