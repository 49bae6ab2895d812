package org.rayshell.kernel.display.table;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects as rows: records, maps, arrays and others, each with the columns that it has. */
final class ObjectRows {
  private static final String KEY = "key";

  private ObjectRows() {}

  /**
   * One row an object.
   *
   * @param objects the first of them, or all
   * @param size how many there are
   */
  static Rows of(List<Object> objects, int size, boolean numbered) {
    Keys keys = new Keys();
    objects.forEach(keys::add);
    List<Object> columns = keys.all();
    return new Rows(
        names(columns), size, numbered, (row, at) -> keys.value(objects.get(row), columns.get(at)));
  }

  /** One row an entry: its key, and the columns of its value if that has any. */
  static Rows ofEntries(List<Map.Entry<?, ?>> entries, int size) {
    Keys keys = new Keys();
    boolean wide = true;
    for (Map.Entry<?, ?> each : entries) {
      wide &= each.getValue() instanceof Record || each.getValue() instanceof Map;
      keys.add(each.getValue());
    }
    List<Object> columns = wide ? keys.all() : List.of(Members.VALUE);
    boolean isWide = wide;
    List<String> names = new ArrayList<>(List.of(KEY));
    names.addAll(names(columns));
    return new Rows(
        names,
        size,
        false,
        (row, at) ->
            at == 0
                ? entries.get(row).getKey()
                : isWide
                    ? keys.value(entries.get(row).getValue(), columns.get(at - 1))
                    : entries.get(row).getValue());
  }

  private static List<String> names(List<Object> columns) {
    return columns.stream().map(String::valueOf).toList();
  }

  /** What columns are called, in the order in which they are met. */
  private static final class Keys {
    private final Members members = new Members();
    private final Map<Class<?>, Boolean> seen = new LinkedHashMap<>();
    private final Set<Object> keys = new LinkedHashSet<>();
    private int longest;

    void add(Object row) {
      if (row instanceof Map<?, ?> map) {
        keys.addAll(map.keySet());
      } else if (row instanceof List<?> list) {
        longest = Math.max(longest, list.size());
      } else if (row != null && row.getClass().isArray()) {
        longest = Math.max(longest, Array.getLength(row));
      } else if (row != null && seen.put(row.getClass(), true) == null) {
        members.names(row).forEach(keys::add);
      }
    }

    List<Object> all() {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < longest; i++) {
        all.add(i);
      }
      keys.stream().filter(each -> !all.contains(each)).forEach(all::add);
      if (all.isEmpty()) {
        all.add(Members.VALUE);
      }
      return all;
    }

    Object value(Object row, Object key) {
      if (row instanceof Map<?, ?> map) {
        return entry(map, key);
      }
      if (row instanceof List<?> list) {
        return key instanceof Integer at && at < list.size() ? list.get(at) : Rows.ABSENT;
      }
      if (row != null && row.getClass().isArray()) {
        return key instanceof Integer at && at < Array.getLength(row)
            ? Array.get(row, at)
            : Rows.ABSENT;
      }
      return row == null
          ? null
          : key instanceof String name ? members.read(row, name) : Rows.ABSENT;
    }

    private static Object entry(Map<?, ?> map, Object key) {
      try {
        Object value = map.get(key);
        return value != null || map.containsKey(key) ? value : Rows.ABSENT;
      } catch (ClassCastException | NullPointerException _) {
        // Another map's key, which this one cannot even look for.
        return Rows.ABSENT;
      }
    }
  }
}
