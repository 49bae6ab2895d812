package org.rayshell.kernel.display.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A column as it is shown.
 *
 * @param name its heading, in one line
 * @param number whether all its values are numbers
 * @param cells one a row
 * @param order of the rows by this column, as {@link Order#text} has it; empty if they have none
 */
record Column(String name, boolean number, List<Cell> cells, String order) {
  /** A cell's text, and whether it stands for a null or for nothing. */
  record Cell(String text, boolean muted) {}

  private static final Cell NULL = new Cell("null", true);
  private static final Cell ABSENT = new Cell("–", true);

  /** The numbers of rows. */
  static Column ofNumbers(int[] which) {
    return new Column(
        "#",
        true,
        Arrays.stream(which).mapToObj(each -> new Cell(String.valueOf(each), true)).toList(),
        Order.text(Arrays.stream(which).<Object>mapToObj(each -> each).toList()));
  }

  /** Of some rows of a column. */
  static Column of(Rows rows, int column, int[] which, CellText texts) {
    List<Object> values = new ArrayList<>();
    for (int row : which) {
      values.add(rows.at(row, column));
    }
    boolean number = false;
    boolean other = false;
    int decimals = 0;
    for (Object each : values) {
      number |= each instanceof Number;
      other |= each != null && each != Rows.ABSENT && !(each instanceof Number);
      if (CellText.isPlainDecimal(each)) {
        decimals = Math.max(decimals, CellText.decimals(each));
      }
    }
    boolean numbers = number && !other;
    List<Cell> cells = new ArrayList<>();
    for (Object each : values) {
      cells.add(
          each == null
              ? NULL
              : each == Rows.ABSENT
                  ? ABSENT
                  : numbers && CellText.isPlainDecimal(each)
                      ? new Cell(CellText.decimal(each, decimals), false)
                      : new Cell(texts.of(each), false));
    }
    String name = texts.of(rows.columns().get(column));
    return new Column(name, numbers, cells, order(values, cells));
  }

  /** By the values if they have an order, or else by their texts as they are shown. */
  private static String order(List<Object> values, List<Cell> cells) {
    List<Object> keys = new ArrayList<>(values);
    for (int row = 0; row < keys.size(); row++) {
      Object value = keys.get(row);
      if (value != null && value != Rows.ABSENT && !(value instanceof Comparable)) {
        keys.set(row, cells.get(row).text());
      }
    }
    try {
      return Order.text(keys);
    } catch (RuntimeException _) {
      // Values that do not let themselves be compared, which is no reason not to show them.
      return "";
    }
  }
}
