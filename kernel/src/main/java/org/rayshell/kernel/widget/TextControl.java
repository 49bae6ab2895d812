package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * A control whose value is a text. Thread-safe.
 *
 * @param <S> the class itself
 */
public abstract class TextControl<S extends TextControl<S>> extends Control<String, S> {
  TextControl(String kind) {
    super(kind, "value");
  }

  @Override
  final String checked(String wanted) {
    if (wanted == null) {
      throw new IllegalArgumentException("value=null: use \"\" for no text");
    }
    return wanted;
  }

  @Override
  final String fit(String wanted) {
    return wanted;
  }

  @Override
  final JsonElement write(String written) {
    return new JsonPrimitive(written);
  }

  @Override
  final String read(JsonElement written) {
    return written.getAsString();
  }
}
