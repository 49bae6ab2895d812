package org.rayshell.kernel.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rayshell.kernel.display.Display;
import org.rayshell.kernel.display.table.Table;

/**
 * A table of which a page shows some rows, sorted by the column that is chosen there. Confined to
 * the thread of handlers once it is shown.
 */
public final class TablePages {
  private static final int ROWS = 20;
  private static final int UNSORTED = -1;

  private final Table table;
  private final List<String> names;
  private final int count;
  private final Choice<Integer> column;
  private final Toggle down = Toggle.button("descending").width("auto");
  private final Button back = new Button("‹").tooltip("the rows before").width("3em");
  private final Button on = new Button("›").tooltip("the next rows").width("3em");
  private final Label which = Label.plain("");
  private final Output rows = new Output();
  private int from;

  private TablePages(Table table) {
    this.table = table;
    names = table.columnNames();
    count = table.rowCount();
    List<Integer> columns = new ArrayList<>(List.of(UNSORTED));
    IntStream.range(0, names.size()).forEach(columns::add);
    column =
        Choice.<Integer>dropdown(columns)
            .names(each -> each == UNSORTED ? "–" : names.get(each))
            .label("sort by")
            .labelWidth("initial")
            .width("auto");
  }

  /**
   * The widgets.
   *
   * @throws IllegalArgumentException if the value is no table, or can be read only once
   */
  public static Box of(Object value) {
    return new TablePages(value instanceof Table given ? given : Table.of(value)).box();
  }

  private Box box() {
    Trigger sorted = new Trigger(() -> go(0), rows);
    column.onAny(sorted);
    down.onAny(sorted);
    back.onClick(() -> go(from - ROWS));
    on.onClick(() -> go(from + ROWS));
    go(0);
    return Box.column(List.of(Box.row(List.of(column, down, back, which, on)), rows));
  }

  private void go(int to) {
    from = Math.clamp(to, 0, Math.max(0, (count - 1) / ROWS * ROWS));
    int chosen = column.value();
    String by = chosen == UNSORTED ? null : names.get(chosen);
    rows.replace(() -> Display.display(table.page(by, down.value(), from, ROWS)));
    which.value(
        count == 0
            ? "0 rows"
            : String.format(
                Locale.ROOT, "%,d–%,d of %,d", from + 1, Math.min(count, from + ROWS), count));
    back.enabled(from > 0);
    on.enabled(from + ROWS < count);
  }
}
