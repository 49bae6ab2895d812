package org.rayshell.runtime.view;

/**
 * How long runs took, counted by length, so that a quantile of any number of runs needs neither
 * their list nor a sort: it is off by 5 % at most. Belongs to {@link TaskLog}'s lock.
 */
final class RunTimes {
  /** Each doubling of the length is cut into so many classes. */
  private static final int CLASSES = 8;

  /** Shorter runs, of less than a microsecond, are in the first class. */
  private static final int FIRST_DOUBLING = 10;

  private static final int DOUBLINGS = 44;

  private int[] counts;
  private long count;

  /** Counts a run of that length, or one less. */
  void count(long ns, int change) {
    if (counts == null) {
      counts = new int[CLASSES * DOUBLINGS];
    }
    counts[classOf(ns)] += change;
    count += change;
  }

  void add(RunTimes other) {
    if (other.counts == null) {
      return;
    }
    if (counts == null) {
      counts = new int[CLASSES * DOUBLINGS];
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
  }

  long count() {
    return count;
  }

  /** The length that this share of the runs did not exceed, in nanoseconds; 0 if there are none. */
  long quantile(double share) {
    if (count == 0) {
      return 0;
    }
    long rank = Math.max(1, (long) Math.ceil(share * count));
    for (int i = 0; i < counts.length; i++) {
      rank -= counts[i];
      if (rank <= 0) {
        return middle(i);
      }
    }
    return middle(counts.length - 1);
  }

  private static int classOf(long ns) {
    if (ns < 1L << FIRST_DOUBLING) {
      return 0;
    }
    int doubling = 63 - Long.numberOfLeadingZeros(ns);
    int part = (int) ((ns - (1L << doubling)) * CLASSES >>> doubling);
    return Math.min(CLASSES * DOUBLINGS - 1, (doubling - FIRST_DOUBLING) * CLASSES + part);
  }

  private static long middle(int index) {
    long start = 1L << (index / CLASSES + FIRST_DOUBLING);
    return (long) (start * (1 + (index % CLASSES + 0.5) / CLASSES));
  }
}
