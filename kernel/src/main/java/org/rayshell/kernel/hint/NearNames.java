package org.rayshell.kernel.hint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that may have been meant: those that few keystrokes make of what was written. */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /** The nearest of the names; empty if none is near. */
  static List<String> of(String written, Collection<String> names) {
    int allowed = allowed(written);
    List<String> near =
        names.stream()
            .distinct()
            .filter(each -> !each.equals(written) && distance(written, each) <= allowed)
            .sorted(
                Comparator.comparingInt((String each) -> distance(written, each))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (near.isEmpty()) {
      return near;
    }
    int least = distance(written, near.getFirst());
    return near.stream().filter(each -> distance(written, each) == least).limit(MOST).toList();
  }

  /** Such as {@code did you mean count?}; empty without names. */
  static String question(List<String> names) {
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> "did you mean " + names.getFirst() + "?";
      default ->
          "did you mean "
              + String.join(", ", names.subList(0, names.size() - 1))
              + " or "
              + names.getLast()
              + "?";
    };
  }

  private static int allowed(String written) {
    int length = written.codePointCount(0, written.length());
    return length < 3 ? 0 : length < 5 ? 1 : length < 9 ? 2 : 3;
  }

  /** Letters put in, left out, replaced, or exchanged with their neighbours; case is nothing. */
  static int distance(String one, String other) {
    int[] a = one.toLowerCase(Locale.ROOT).codePoints().toArray();
    int[] b = other.toLowerCase(Locale.ROOT).codePoints().toArray();
    if (Math.abs(a.length - b.length) > 3) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, cost, i, j);
      }
    }
    return cost[a.length][b.length];
  }

  private static int step(int[] a, int[] b, int[][] cost, int i, int j) {
    int same = a[i - 1] == b[j - 1] ? 0 : 1;
    int least = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    return exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
