package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A field to type a whole number in. Thread-safe. */
public final class IntField extends NumberField<Integer, IntField> {
  private static final String KIND = "IntText";

  /** For any; it begins with 0. */
  public IntField() {
    super(KIND, 0);
  }

  /** For those between the two; it begins with the least. */
  public IntField(int min, int max) {
    super(KIND, min, max);
  }

  @Override
  JsonElement write(Integer written) {
    return new JsonPrimitive(written);
  }

  @Override
  Integer read(JsonElement written) {
    return fit(written.getAsInt());
  }
}
