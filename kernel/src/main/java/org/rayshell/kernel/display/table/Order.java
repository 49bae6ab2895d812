package org.rayshell.kernel.display.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The order of a table's rows by one column: numbers by size, values of one type by its own order,
 * others by their text; what is null or absent comes last.
 */
final class Order {
  private Order() {}

  /** The indices of the rows in that order. */
  static int[] by(Rows rows, int column, boolean descending) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      values.add(rows.at(row, column));
    }
    return of(values, descending);
  }

  /** Ascending, for a page: the indices, and behind a semicolon those of what comes last always. */
  static String text(List<Object> values) {
    int[] order = of(values, false);
    int there = (int) values.stream().filter(Order::isThere).count();
    return indices(order, 0, there) + ";" + indices(order, there, order.length);
  }

  private static String indices(int[] order, int from, int to) {
    return Arrays.stream(order, from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }

  private static int[] of(List<Object> all, boolean descending) {
    List<Object> values = new ArrayList<>(all);
    values.replaceAll(each -> isThere(each) ? each : null);
    Comparator<Object> order = comparator(values);
    Comparator<Object> nullsLast = Comparator.nullsLast(descending ? order.reversed() : order);
    return IntStream.range(0, values.size())
        .boxed()
        .sorted((one, other) -> nullsLast.compare(values.get(one), values.get(other)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static boolean isThere(Object value) {
    return value != null && value != Rows.ABSENT;
  }

  private static Comparator<Object> comparator(List<Object> values) {
    List<Object> there = values.stream().filter(each -> each != null).toList();
    if (there.stream().allMatch(Number.class::isInstance)
        && there.stream().map(Object::getClass).distinct().count() > 1) {
      return Comparator.comparingDouble(each -> ((Number) each).doubleValue());
    }
    if (there.stream().allMatch(Comparable.class::isInstance)
        && there.stream().map(Object::getClass).distinct().count() <= 1) {
      return Order::natural;
    }
    return Comparator.comparing(String::valueOf);
  }

  /** Of values of one class. */
  @SuppressWarnings("unchecked")
  private static int natural(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other);
  }
}
