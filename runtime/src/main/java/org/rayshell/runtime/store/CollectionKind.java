package org.rayshell.runtime.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** The collections that are written as their elements; others go by the JDK's serialization. */
enum CollectionKind {
  ARRAY_LIST(ArrayList.class),
  LINKED_LIST(LinkedList.class),
  ARRAY_DEQUE(ArrayDeque.class),
  HASH_SET(HashSet.class),
  LINKED_HASH_SET(LinkedHashSet.class),
  TREE_SET(TreeSet.class),
  PRIORITY_QUEUE(PriorityQueue.class),
  LIST_OF(List.of().getClass(), List.of(1).getClass()),
  SET_OF(Set.of().getClass(), Set.of(1).getClass());

  private static final CollectionKind[] ALL = values();

  private final List<Class<?>> types;

  CollectionKind(Class<?>... types) {
    this.types = List.of(types);
  }

  static CollectionKind of(Class<?> type) {
    for (CollectionKind kind : ALL) {
      if (kind.types.contains(type)) {
        return kind;
      }
    }
    return null;
  }

  static CollectionKind of(int ordinal) {
    return ordinal < ALL.length ? ALL[ordinal] : null;
  }

  /** Whether it has a comparator, which may be null. */
  boolean sorted() {
    return this == TREE_SET || this == PRIORITY_QUEUE;
  }

  static Comparator<?> comparator(Object sorted) {
    return sorted instanceof TreeSet<?> set
        ? set.comparator()
        : ((PriorityQueue<?>) sorted).comparator();
  }

  /** Whether it can only be made when all its elements are there. */
  boolean immutable() {
    return this == LIST_OF || this == SET_OF;
  }

  /** An empty one, for elements to be added; its capacity is never taken from the wire. */
  Collection<Object> empty(Comparator<Object> comparator) {
    return switch (this) {
      case ARRAY_LIST, LIST_OF -> new ArrayList<>();
      case LINKED_LIST -> new LinkedList<>();
      case ARRAY_DEQUE -> new ArrayDeque<>();
      case HASH_SET -> new HashSet<>();
      case LINKED_HASH_SET, SET_OF -> new LinkedHashSet<>();
      case TREE_SET -> new TreeSet<>(comparator);
      case PRIORITY_QUEUE -> new PriorityQueue<>(comparator);
    };
  }

  /** The immutable collection of these elements; a list may hold nulls, as {@code toList} makes. */
  Object immutable(Object[] elements) {
    if (this == SET_OF) {
      return Set.of(elements);
    }
    return Arrays.asList(elements).contains(null)
        ? Arrays.stream(elements).toList()
        : List.of(elements);
  }
}
