package org.rayshell.kernel.bridge;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Rows that are being chosen out of a list, in one pass each time. Confined to one thread. */
final class RefChoice {
  /** The order of the list. */
  static final Comparator<RefRow> IN_ORDER = Comparator.comparingInt(RefRow::index);

  private final List<RefRow> rows;
  private final Map<Shown, Integer> states;
  private final BitSet chosen = new BitSet();

  /** None yet, of rows of which so many are in these states. */
  RefChoice(List<RefRow> rows, Map<Shown, Integer> states) {
    this.rows = rows;
    this.states = states;
  }

  /** Adds the first of those in these states, at most so many; tells how many there were. */
  int add(Set<Shown> which, Comparator<RefRow> order, int most) {
    if (Collections.disjoint(which, states.keySet())) {
      return 0;
    }
    // The last of those kept comes out first.
    PriorityQueue<RefRow> kept = new PriorityQueue<>(order.reversed());
    for (RefRow row : rows) {
      if (which.contains(row.shown()) && !chosen.get(row.index())) {
        if (kept.size() < most) {
          kept.add(row);
        } else if (order == IN_ORDER) {
          break;
        } else if (order.compare(row, kept.peek()) < 0) {
          kept.poll();
          kept.add(row);
        }
      }
    }
    kept.forEach(row -> chosen.set(row.index()));
    return kept.size();
  }

  /** Adds the first of those until there are so many in all. */
  void fill(Set<Shown> which, Comparator<RefRow> order, int upTo) {
    int there = chosen.cardinality();
    if (there < upTo) {
      add(which, order, upTo - there);
    }
  }

  /** The chosen ones, in the order of the list. */
  List<RefRow> rows() {
    return chosen.stream().mapToObj(rows::get).toList();
  }

  /** Those that were not chosen. */
  List<RefRow> others() {
    return rows.stream().filter(row -> !chosen.get(row.index())).toList();
  }

  /** How many of the others are in which state. */
  Map<Shown, Integer> otherStates() {
    Map<Shown, Integer> others = new EnumMap<>(Shown.class);
    others.putAll(states);
    rows().forEach(row -> others.computeIfPresent(row.shown(), (_, n) -> n == 1 ? null : n - 1));
    return others;
  }
}
