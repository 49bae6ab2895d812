package org.rayshell.kernel.display.table;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of a query, read from where its result set stands; what is read is read. */
final class ResultSets {
  private static final int MOST_CHARS = 4_000;

  private ResultSets() {}

  /**
   * Reads so many rows at most and leaves the rest to whoever reads on.
   *
   * @throws SQLException if the result set is closed, or as the driver says
   */
  static Rows read(ResultSet results, int most) throws SQLException {
    ResultSetMetaData about = results.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(about.getColumnLabel(i));
    }
    List<Object[]> rows = new ArrayList<>();
    boolean ended = false;
    while (rows.size() < most) {
      if (!results.next()) {
        ended = true;
        break;
      }
      Object[] row = new Object[columns.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = plain(results.getObject(i + 1));
      }
      rows.add(row);
    }
    return new Rows(
        List.copyOf(columns),
        rows.size(),
        false,
        !ended && !isAtEnd(results),
        (row, column) -> rows.get(row)[column]);
  }

  /** Large objects are of use as long as the row is the current one only. */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Clob clob) {
      long length = clob.length();
      String start = clob.getSubString(1, (int) Math.min(length, MOST_CHARS));
      return length <= MOST_CHARS ? start : new CellText.Long(start, length);
    }
    return value instanceof Blob blob ? "BLOB of " + blob.length() + " bytes" : value;
  }

  /** Whether the row just read was the last, if the driver tells; no row is read for it. */
  private static boolean isAtEnd(ResultSet results) {
    try {
      return results.isLast() || results.isAfterLast();
    } catch (SQLException | UnsupportedOperationException _) {
      return false;
    }
  }
}
