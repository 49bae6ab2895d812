package org.rayshell.kernel.display.table;

import java.util.List;

/**
 * Values by row and column; immutable, as far as what it is made of is.
 *
 * @param columns their names
 * @param size how many rows there are, as far as that is known
 * @param numbered whether rows have numbers, from 0, that mean something
 * @param open whether there may be more rows, which were not read
 * @param values the values themselves
 */
record Rows(List<String> columns, int size, boolean numbered, boolean open, Values values) {
  /** What stands where a row has no such column. */
  static final Object ABSENT = new Object();

  /** Finds a value. */
  interface Values {
    /** {@link #ABSENT} if the row has no such column; what failed is a {@link Failure}. */
    Object at(int row, int column);
  }

  /** What stands for a value that could not be got. */
  record Failure(Throwable cause) {}

  /** Rows that are all there. */
  Rows(List<String> columns, int size, boolean numbered, Values values) {
    this(columns, size, numbered, false, values);
  }

  Object at(int row, int column) {
    return values.at(row, column);
  }
}
