package org.rayshell.kernel.widget;

/**
 * A field to type a number in, between limits if it has them. Thread-safe.
 *
 * @param <N> the number
 * @param <S> the class itself
 */
public abstract class NumberField<N extends Number & Comparable<N>, S extends NumberField<N, S>>
    extends Control<N, S> {
  private final N min;
  private final N max;

  /** Without limits; it begins with that. */
  NumberField(String kind, N first) {
    super(kind, "value");
    min = null;
    max = null;
    begin(first);
  }

  /** Between these; it begins with the least. */
  NumberField(String kind, N min, N max) {
    super("Bounded" + kind, "value");
    // The view has another name than the model.
    set("_view_name", kind + "View");
    if (min.compareTo(max) >= 0) {
      throw new IllegalArgumentException("min=" + min + " is not below max=" + max);
    }
    this.min = min;
    this.max = max;
    set("min", min);
    set("max", max);
    begin(min);
  }

  /** By how much its arrows change it. */
  public final S step(N step) {
    if (step.doubleValue() <= 0) {
      throw new IllegalArgumentException("step=" + step + " is not above 0");
    }
    set("step", step);
    return self();
  }

  /** Whether the value follows the typing, or is told by Enter and when the field is left. */
  public final S continuous(boolean continuous) {
    set("continuous_update", continuous);
    return self();
  }

  @Override
  N checked(N wanted) {
    if (!wanted.equals(fit(wanted))) {
      throw new IllegalArgumentException(
          "value=" + wanted + ": the field takes what is between " + min + " and " + max);
    }
    return wanted;
  }

  @Override
  final N fit(N wanted) {
    if (min != null && wanted.compareTo(min) < 0) {
      return min;
    }
    return max != null && wanted.compareTo(max) > 0 ? max : wanted;
  }
}
