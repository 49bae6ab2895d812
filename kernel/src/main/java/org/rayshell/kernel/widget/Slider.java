package org.rayshell.kernel.widget;

/**
 * A bar with one handle or two. Thread-safe.
 *
 * @param <V> the value
 * @param <N> what it is made of
 * @param <S> the class itself
 */
public abstract class Slider<V, N extends Number & Comparable<N>, S extends Slider<V, N, S>>
    extends Control<V, S> {
  // Guarded by this.
  private N min;
  private N max;

  Slider(String kind, N min, N max) {
    super(kind, "value");
    this.min = below(min, max);
    this.max = max;
  }

  private static <N extends Number & Comparable<N>> N below(N min, N max) {
    if (min.compareTo(max) >= 0) {
      throw new IllegalArgumentException("min=" + min + " is not below max=" + max);
    }
    return min;
  }

  /** Sets the limits and the step for the first time. */
  final void limits(N step, V first) {
    set("min", min);
    set("max", max);
    set("step", step);
    begin(first);
  }

  /** The least value. */
  public final synchronized N min() {
    return min;
  }

  /** The greatest value. */
  public final synchronized N max() {
    return max;
  }

  /** Changes the least value, and the value with it if that is below. */
  public final S min(N least) {
    synchronized (this) {
      min = below(least, max);
      set("min", least);
    }
    refit();
    return self();
  }

  /** Changes the greatest value, and the value with it if that is above. */
  public final S max(N greatest) {
    synchronized (this) {
      below(min, greatest);
      max = greatest;
      set("max", greatest);
    }
    refit();
    return self();
  }

  /** By how much a key moves it. */
  public S step(N step) {
    if (step.doubleValue() <= 0) {
      throw new IllegalArgumentException("step=" + step + " is not above 0");
    }
    set("step", step);
    return self();
  }

  /** Whether the value follows the handle, or is told when that is let go. */
  public final S continuous(boolean continuous) {
    set("continuous_update", continuous);
    return self();
  }

  /** Stands upright. */
  public final S vertical() {
    set("orientation", "vertical");
    return self();
  }

  final synchronized N checkedNumber(N wanted) {
    if (wanted.compareTo(min) < 0 || wanted.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "value="
              + wanted
              + ": the slider goes from "
              + min
              + " to "
              + max
              + "; see min() and max()");
    }
    return wanted;
  }

  final synchronized N fitNumber(N wanted) {
    if (wanted.compareTo(min) < 0) {
      return min;
    }
    return wanted.compareTo(max) > 0 ? max : wanted;
  }

  final Range<N> checkedRange(Range<N> wanted) {
    if (checkedNumber(wanted.low()).compareTo(checkedNumber(wanted.high())) > 0) {
      throw new IllegalArgumentException("low=" + wanted.low() + " is above high=" + wanted.high());
    }
    return wanted;
  }

  final Range<N> fitRange(Range<N> wanted) {
    return new Range<>(fitNumber(wanted.low()), fitNumber(wanted.high()));
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "("
        + described()
        + ", min="
        + min()
        + ", max="
        + max()
        + ")";
  }
}
