package org.rayshell.runtime.dashboard;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A part of a list, from {@code cursor} on, at most {@code limit} rows and at most {@value
 * #MOST_BYTES} bytes; immutable.
 */
final class Page {
  static final int STANDARD_LIMIT = 100;
  static final int HIGHEST_LIMIT = 1_000;
  static final int MOST_BYTES = 180_000;

  private Page() {}

  /**
   * {@code {name: rows, "matching": n, "cursor": c, "next": c, "previous": c}} and what else is to
   * be said.
   *
   * @param row makes what is sent of an element
   */
  static <T> Object of(
      String name, List<T> all, Query query, Function<T, Object> row, Object... more) {
    int limit = query.number("limit", STANDARD_LIMIT, 1, HIGHEST_LIMIT);
    int from = query.number("cursor", 0, 0, Integer.MAX_VALUE);
    List<JsonElement> rows = new ArrayList<>();
    int bytes = 0;
    int next = Math.min(from, all.size());
    while (next < all.size() && rows.size() < limit) {
      JsonElement each = Json.tree(row.apply(all.get(next)));
      bytes += Json.bytes(each) + 1;
      if (bytes > MOST_BYTES && !rows.isEmpty()) {
        break;
      }
      rows.add(each);
      next++;
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(name, rows);
    page.put("matching", all.size());
    page.put("cursor", from);
    page.put("next", next < all.size() ? Integer.toString(next) : null);
    page.put("previous", from == 0 ? null : Integer.toString(Math.max(0, from - limit)));
    page.putAll(Json.object(more));
    return page;
  }
}
