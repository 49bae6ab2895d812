package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * A bar that Java moves. As often as it is moved, the page hears of it 25 times a second at most.
 * Thread-safe.
 */
public final class Progress extends Control<Double, Progress> {
  private final double min;
  private final double max;

  /** Empty at the least value, full at the greatest. */
  public Progress(double min, double max) {
    super("Progress", "value");
    // The model has another name than the view.
    set("_model_name", "FloatProgressModel");
    if (Decimals.finite(min) >= Decimals.finite(max)) {
      throw new IllegalArgumentException("min=" + min + " is not below max=" + max);
    }
    this.min = min;
    this.max = max;
    set("min", min);
    set("max", max);
    begin(min);
  }

  /** As {@link #value(Double)}. */
  public Progress value(double value) {
    return value(Double.valueOf(value));
  }

  /** Moves it on, at most to its end. */
  public Progress add(double more) {
    Decimals.finite(more);
    adjust(now -> fit(now + more));
    return this;
  }

  /** Its colour: success, info, warning, danger, or empty. */
  public Progress style(String name) {
    set("bar_style", Styles.checked(name));
    return this;
  }

  @Override
  Double checked(Double wanted) {
    if (!(wanted >= min && wanted <= max)) {
      throw new IllegalArgumentException(
          "value=" + wanted + ": the bar goes from " + min + " to " + max);
    }
    return wanted;
  }

  @Override
  Double fit(Double wanted) {
    return Math.clamp(wanted, min, max);
  }

  @Override
  JsonElement write(Double written) {
    return new JsonPrimitive(written);
  }

  @Override
  Double read(JsonElement written) {
    return written.getAsDouble();
  }
}
