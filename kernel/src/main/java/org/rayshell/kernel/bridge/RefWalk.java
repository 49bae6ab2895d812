package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rayshell.ObjectRef;

/**
 * The refs in lists, arrays, collections and maps, and in those within them; and the text of the
 * whole. Confined to one thread.
 */
final class RefWalk {
  private static final int ALL_SHOWN = 100;
  private static final int SHOWN_OF_MORE = 50;
  private static final int ONE_LINE = 2;
  private static final int DEEPEST = 4;

  private final List<ObjectRef<?>> refs = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  /** The text in parts, one a ref or an empty list; brackets are with the refs beside them. */
  private final List<String> parts = new ArrayList<>();

  private String opened = "";

  private RefWalk() {}

  /** Empty if there is anything but refs, or no ref at all. */
  static Optional<RefWalk> of(Object value) {
    RefWalk walk = new RefWalk();
    return walk.isContainer(value) && walk.container(value, "", 1) && !walk.refs.isEmpty()
        ? Optional.of(walk)
        : Optional.empty();
  }

  List<ObjectRef<?>> refs() {
    return refs;
  }

  List<String> keys() {
    return keys;
  }

  private boolean isContainer(Object value) {
    return value instanceof Map || value instanceof Collection || value instanceof Object[];
  }

  private boolean container(Object value, String key, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      opened += "{";
      for (Map.Entry<?, ?> each : map.entrySet()) {
        String name = String.valueOf(each.getKey());
        opened += name + "=";
        if (!element(each.getValue(), key.isEmpty() ? name : key + "." + name, depth)) {
          return false;
        }
      }
      close("}");
      return true;
    }
    opened += "[";
    int index = 0;
    Collection<?> elements =
        value instanceof Object[] array ? Arrays.asList(array) : (Collection<?>) value;
    for (Object each : elements) {
      if (!element(each, key.isEmpty() ? String.valueOf(index) : key + "[" + index + "]", depth)) {
        return false;
      }
      index++;
    }
    close("]");
    return true;
  }

  private boolean element(Object value, String key, int depth) {
    if (value instanceof ObjectRef<?> ref) {
      refs.add(ref);
      keys.add(key);
      parts.add(opened + ref);
      opened = "";
      return true;
    }
    return isContainer(value) && container(value, key, depth + 1);
  }

  private void close(String bracket) {
    if (opened.isEmpty()) {
      parts.set(parts.size() - 1, parts.getLast() + bracket);
    } else {
      parts.add(opened + bracket);
      opened = "";
    }
  }

  /** The text: two refs in a line, from three on one a line, of very many the first only. */
  String text() {
    return joined(parts, parts.getLast().substring(parts.getLast().length() - 1));
  }

  /** The text of a list of refs. */
  static String text(List<? extends ObjectRef<?>> refs) {
    return of(refs).map(RefWalk::text).orElse("[]");
  }

  private static String joined(List<String> parts, String end) {
    String separator = parts.size() <= ONE_LINE ? ", " : ",\n ";
    if (parts.size() <= ALL_SHOWN) {
      return String.join(separator, parts);
    }
    return String.join(separator, parts.subList(0, SHOWN_OF_MORE))
        + separator
        + "... "
        + (parts.size() - SHOWN_OF_MORE)
        + " more"
        + end;
  }
}
