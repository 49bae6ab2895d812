package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A field to type a number in. Thread-safe. */
public final class FloatField extends NumberField<Double, FloatField> {
  private static final String KIND = "FloatText";

  /** For any; it begins with 0. */
  public FloatField() {
    super(KIND, 0.0);
  }

  /** For those between the two; it begins with the least. */
  public FloatField(double min, double max) {
    super(KIND, Decimals.finite(min), Decimals.finite(max));
  }

  /** As {@link #value(Double)}. */
  public FloatField value(double value) {
    return value(Double.valueOf(value));
  }

  @Override
  Double checked(Double wanted) {
    return super.checked(Decimals.finite(wanted));
  }

  @Override
  JsonElement write(Double written) {
    return new JsonPrimitive(written);
  }

  @Override
  Double read(JsonElement written) {
    return fit(written.getAsDouble());
  }
}
