package org.rayshell.kernel.display.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
      Object value = rows.at(row, column);
      values.add(value == Rows.ABSENT ? null : value);
    }
    Comparator<Object> order = comparator(values);
    Comparator<Object> all = Comparator.nullsLast(descending ? order.reversed() : order);
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted((one, other) -> all.compare(values.get(one), values.get(other)))
        .mapToInt(Integer::intValue)
        .toArray();
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
