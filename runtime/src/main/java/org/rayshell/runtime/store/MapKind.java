package org.rayshell.runtime.store;

import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** The maps that are written as their entries; others go by the JDK's serialization. */
enum MapKind {
  HASH(HashMap.class),
  LINKED(LinkedHashMap.class),
  TREE(TreeMap.class),
  CONCURRENT(ConcurrentHashMap.class),
  WEAK(WeakHashMap.class),
  MAP_OF(Map.of().getClass(), Map.of(1, 1).getClass());

  private static final MapKind[] ALL = values();
  private static final Field ACCESS_ORDER = accessOrder();

  private final List<Class<?>> types;

  MapKind(Class<?>... types) {
    this.types = List.of(types);
  }

  static MapKind of(Class<?> type) {
    for (MapKind kind : ALL) {
      if (kind.types.contains(type)) {
        return kind;
      }
    }
    return null;
  }

  static MapKind of(int ordinal) {
    return ordinal < ALL.length ? ALL[ordinal] : null;
  }

  /** Whether it has a comparator, which may be null. */
  boolean sorted() {
    return this == TREE;
  }

  static Comparator<?> comparator(Object sorted) {
    return ((SortedMap<?, ?>) sorted).comparator();
  }

  /** Whether it can only be made when all its entries are there. */
  boolean immutable() {
    return this == MAP_OF;
  }

  /** An empty one, for entries to be put; its capacity is never taken from the wire. */
  Map<Object, Object> empty(Comparator<Object> comparator) {
    return switch (this) {
      case HASH -> new HashMap<>();
      case LINKED, MAP_OF -> new LinkedHashMap<>();
      case TREE -> new TreeMap<>(comparator);
      case CONCURRENT -> new ConcurrentHashMap<>();
      case WEAK -> new WeakHashMap<>();
    };
  }

  /**
   * Whether a linked map is ordered by access; true also where java.util is closed to us, since
   * then only the JDK can write it.
   */
  static boolean keepsAccessOrder(Object map) {
    try {
      return ACCESS_ORDER == null || ACCESS_ORDER.getBoolean(map);
    } catch (IllegalAccessException _) {
      return true;
    }
  }

  private static Field accessOrder() {
    try {
      Field field = LinkedHashMap.class.getDeclaredField("accessOrder");
      return field.trySetAccessible() ? field : null;
    } catch (NoSuchFieldException _) {
      return null;
    }
  }
}
