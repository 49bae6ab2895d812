package org.rayshell.kernel.display.table;

import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where a table's rows come from.
 *
 * @param own whether the value shows itself well as text if it is small
 * @param once whether rows that were read cannot be read again
 * @param reader makes rows of it
 */
record Source(boolean own, boolean once, Reader reader) {
  /** So many elements are looked at to tell what a collection is made of. */
  private static final int SAMPLE = 1_000;

  /** Makes rows of as many of a value's rows as are asked for, or of all. */
  interface Reader {
    Rows read(int most) throws ReflectiveOperationException, SQLException;
  }

  /** Of a value that is a table by itself; null if it is none. */
  static Source ofTable(Object value) throws ReflectiveOperationException {
    if (value instanceof Collection<?> all) {
      return isOfRows(all.iterator()) ? collection(all) : null;
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? null : map(map);
    }
    if (value instanceof ResultSet results) {
      return new Source(false, true, most -> ResultSets.read(results, most));
    }
    if (value instanceof Object[] array) {
      return isOfRows(Arrays.asList(array).iterator()) ? array(array) : null;
    }
    Rows frame = Frames.of(value);
    return frame == null ? null : new Source(false, false, _ -> frame);
  }

  /**
   * Of a value that somebody wants as a table.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  static Source of(Object value) throws ReflectiveOperationException {
    Source table = value == null ? null : ofTable(value);
    if (table != null) {
      return table;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Collection<?> all) {
      return collection(all);
    }
    if (value instanceof Stream<?> stream) {
      return collection(stream.toList());
    }
    if (value instanceof Iterable<?> all) {
      return collection(StreamSupport.stream(all.spliterator(), false).toList());
    }
    if (value != null && value.getClass().isArray()) {
      return array(value);
    }
    throw new IllegalArgumentException(
        "a table is made of a collection, an array, a map, a stream, a ResultSet or a data frame,"
            + " not of "
            + (value == null ? "null" : value.getClass().getName() + ": put it into List.of(…)"));
  }

  private static boolean isOfRows(Iterator<?> elements) {
    boolean any = false;
    for (int i = 0; i < SAMPLE && elements.hasNext(); i++) {
      Object each = elements.next();
      if (each != null) {
        any = true;
        if (!(each instanceof Record || each instanceof Map || each.getClass().isArray())) {
          return false;
        }
      }
    }
    return any;
  }

  private static Source collection(Collection<?> all) {
    return new Source(
        false,
        false,
        most -> {
          List<Object> rows = first(all, most);
          return ObjectRows.of(rows, size(all, rows, most), all instanceof List);
        });
  }

  private static Source array(Object array) {
    int length = Array.getLength(array);
    return new Source(
        array.getClass().getComponentType().isArray(),
        false,
        most -> {
          List<Object> rows = new ArrayList<>();
          for (int i = 0; i < Math.min(length, Math.max(most, SAMPLE)); i++) {
            rows.add(Array.get(array, i));
          }
          return ObjectRows.of(rows, length, true);
        });
  }

  private static Source map(Map<?, ?> map) {
    return new Source(
        true,
        false,
        most -> {
          List<Map.Entry<?, ?>> rows = first(map.entrySet(), most);
          return ObjectRows.ofEntries(rows, size(map.entrySet(), rows, most));
        });
  }

  /** The first elements, enough to show so many and to tell the columns. */
  private static <T> List<T> first(Collection<? extends T> all, int most) {
    List<T> first = new ArrayList<>();
    for (T each : all) {
      if (first.size() >= Math.max(most, SAMPLE)) {
        break;
      }
      first.add(each);
    }
    return first;
  }

  /** How many there are: none beyond those that were read, if these are all. */
  private static int size(Collection<?> all, List<?> read, int most) {
    return read.size() < Math.max(most, SAMPLE) ? read.size() : Math.max(all.size(), read.size());
  }
}
