package org.rayshell.kernel.display.table;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rayshell.kernel.display.PlainText;
import org.rayshell.kernel.session.MimeBundle;

/**
 * A value shown as a table, and how much of it: {@code table(rows).sortBy("age").limit(200)}. The
 * values are read when it is shown. Immutable; as thread-safe as what it shows.
 */
public final class Table {
  private static final int OPEN_ROWS = 20;
  private static final int MOST_ROWS = 100;
  private static final int MOST_COLUMNS = 20;
  private static final int MOST_CHARS = 36_000;
  private static final int MOST_CHARS_ASKED_FOR = 2_000_000;
  private static final int OWN_TEXT_SIZE = 10;
  private static final int OWN_TEXT_CHARS = 80;

  private final Object value;
  private final Source source;
  private final View view;

  private Table(Object value, Source source, View view) {
    this.value = value;
    this.source = source;
    this.view = view;
  }

  /** For the kernel: of a value that is a table by itself; null if it is none. */
  public static Table ofTable(Object value) throws ReflectiveOperationException {
    Source source = Source.ofTable(value);
    return source == null ? null : new Table(value, source, View.USUAL);
  }

  /**
   * Of a collection, an array, a map, a stream, a {@code ResultSet} or a data frame. Rows are
   * records, maps, arrays, lists or other objects, whose columns are their fields.
   *
   * @throws IllegalArgumentException if the value is none of these
   */
  public static Table of(Object value) {
    try {
      return new Table(value, Source.of(value), View.USUAL);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("this data frame cannot be read: " + e, e);
    }
  }

  /** Shows so many rows at once, in place of 20 and 80 more that can be opened. */
  public Table limit(int rows) {
    return with(view.limited(atLeast(1, rows, "limit")));
  }

  /** Leaves out the first rows: {@code skip(200).limit(100)} is the third hundred. */
  public Table skip(int rows) {
    return with(view.skipping(atLeast(0, rows, "skip")));
  }

  /** Sorts by the column, the smallest value first; nulls come last. */
  public Table sortBy(String column) {
    return with(view.sorted(column, false));
  }

  /** Sorts by the column, the largest value first; nulls come last. */
  public Table sortByDescending(String column) {
    return with(view.sorted(column, true));
  }

  /** Shows these columns alone, in this order. */
  public Table columns(String... names) {
    return with(view.of(List.of(names)));
  }

  /** Shows up to so many characters of a value, in place of 40. */
  public Table chars(int most) {
    return with(view.cutAt(atLeast(1, most, "chars")));
  }

  private Table with(View other) {
    return new Table(value, source, other);
  }

  private static int atLeast(int least, int given, String name) {
    if (given < least) {
      throw new IllegalArgumentException("at least " + least + " is needed: " + name + "=" + given);
    }
    return given;
  }

  /**
   * The table as HTML and as text.
   *
   * @throws IllegalArgumentException if there is no column of a name that was given
   * @throws SQLException if a result set cannot be read
   */
  public MimeBundle bundle() throws SQLException, ReflectiveOperationException {
    Shown shown = shown(true);
    String text = ownText();
    return MimeBundle.html(TableHtml.of(shown), text == null ? TableText.of(shown) : text);
  }

  /**
   * For the kernel: a page of the table, of rows that are not sorted by a click.
   *
   * @param column by whose values the rows are sorted; null to leave them as they come
   * @throws IllegalArgumentException if the value can be read only once
   */
  public MimeBundle page(String column, boolean down, int from, int rows) {
    try {
      Shown shown =
          with(new View(from, rows, column, down, view.columns(), view.chars())).shown(false);
      return MimeBundle.html(TableHtml.still(shown), TableText.of(shown));
    } catch (SQLException | ReflectiveOperationException e) {
      throw new IllegalStateException("the table cannot be read: " + e, e);
    }
  }

  /**
   * For the kernel: the names of its columns.
   *
   * @throws IllegalArgumentException if the value can be read only once
   */
  public List<String> columnNames() {
    return view.columns().isEmpty() ? whole().columns() : view.columns();
  }

  /**
   * For the kernel: how many rows there are.
   *
   * @throws IllegalArgumentException if the value can be read only once
   */
  public int rowCount() {
    return whole().size();
  }

  private Rows whole() {
    if (source.once()) {
      throw new IllegalArgumentException(
          "a ResultSet is read only once, so nothing can go back in it: put its rows into a list");
    }
    try {
      return source.reader().read(1);
    } catch (SQLException | ReflectiveOperationException e) {
      throw new IllegalStateException("the table cannot be read: " + e, e);
    }
  }

  /** The value's own text, where it is as good as a table's and what people know; or null. */
  private String ownText() {
    if (!source.own() || !view.equals(View.USUAL) || size() > OWN_TEXT_SIZE) {
      return null;
    }
    String text = PlainText.of(value);
    return text.length() <= OWN_TEXT_CHARS ? text : null;
  }

  private int size() {
    return value instanceof Map<?, ?> map ? map.size() : Array.getLength(value);
  }

  private Shown shown(boolean tellsRest) throws SQLException, ReflectiveOperationException {
    if (source.once() && view.sortBy() != null) {
      throw new IllegalArgumentException("a ResultSet is sorted by its query: ORDER BY");
    }
    int end = view.end(MOST_ROWS);
    Rows rows = source.reader().read(view.sortBy() == null ? end : Integer.MAX_VALUE);
    int[] which = which(rows, end);
    CellText texts = new CellText(view.chars());
    List<Column> columns = new ArrayList<>();
    if (rows.numbered()) {
      columns.add(Column.ofNumbers(which));
    }
    int[] chosen = chosen(rows);
    for (int each : chosen) {
      columns.add(Column.of(rows, each, which, texts));
    }
    boolean usual = view.limit() == 0;
    return new Shown(
        columns,
        usual ? Math.min(which.length, OPEN_ROWS) : which.length,
        which.length,
        source.once() ? which.length : 0,
        tellsRest ? Math.max(0, rows.size() - end) : 0,
        rows.open(),
        view.columns().isEmpty() ? rows.columns().size() - chosen.length : 0,
        TableHtml.count(rows.size(), "row")
            + (rows.open() ? " read × " : " × ")
            + TableHtml.count(rows.columns().size(), "column"),
        usual && !source.once() ? MOST_CHARS : MOST_CHARS_ASKED_FOR);
  }

  /** The rows that are shown, in their order. */
  private int[] which(Rows rows, int end) {
    IntStream shown =
        IntStream.range(Math.min(view.skip(), rows.size()), Math.min(end, rows.size()));
    if (view.sortBy() == null) {
      return shown.toArray();
    }
    int[] order = Order.by(rows, index(rows, view.sortBy()), view.descending());
    return shown.map(at -> order[at]).toArray();
  }

  private int[] chosen(Rows rows) {
    return view.columns().isEmpty()
        ? IntStream.range(0, Math.min(rows.columns().size(), MOST_COLUMNS)).toArray()
        : view.columns().stream().mapToInt(each -> index(rows, each)).toArray();
  }

  private static int index(Rows rows, String column) {
    int index = rows.columns().indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no column " + column + "; there are " + String.join(", ", rows.columns()));
    }
    return index;
  }

  /** The table as text. */
  @Override
  public String toString() {
    try {
      return TableText.of(shown(true));
    } catch (SQLException | ReflectiveOperationException e) {
      return "Table(" + e.getMessage() + ")";
    }
  }
}
