package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A slider for a number. Thread-safe. */
public final class FloatSlider extends Slider<Double, Double, FloatSlider> {
  /**
   * From the least value to the greatest, in steps of a hundredth or so; it begins with the least.
   */
  public FloatSlider(double min, double max) {
    super("FloatSlider", Decimals.finite(min), Decimals.finite(max));
    limits(Decimals.step(min, max), min);
    set("readout_format", Decimals.format(Decimals.step(min, max)));
  }

  /** As {@link #value(Double)}. */
  public FloatSlider value(double value) {
    return value(Double.valueOf(value));
  }

  @Override
  public FloatSlider step(Double step) {
    super.step(step);
    set("readout_format", Decimals.format(step));
    return this;
  }

  @Override
  Double checked(Double wanted) {
    return checkedNumber(Decimals.finite(wanted));
  }

  @Override
  Double fit(Double wanted) {
    return fitNumber(wanted);
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
