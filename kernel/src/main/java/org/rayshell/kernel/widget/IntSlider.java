package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A slider for a whole number. Thread-safe. */
public final class IntSlider extends Slider<Integer, Integer, IntSlider> {
  /** From the least value to the greatest; it begins with the least. */
  public IntSlider(int min, int max) {
    super("IntSlider", min, max);
    limits(1, min);
  }

  @Override
  Integer checked(Integer wanted) {
    return checkedNumber(wanted);
  }

  @Override
  Integer fit(Integer wanted) {
    return fitNumber(wanted);
  }

  @Override
  JsonElement write(Integer written) {
    return new JsonPrimitive(written);
  }

  @Override
  Integer read(JsonElement written) {
    return written.getAsInt();
  }
}
