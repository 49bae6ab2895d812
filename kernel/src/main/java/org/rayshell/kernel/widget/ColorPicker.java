package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.regex.Pattern;

/** A field for a colour; its value is the colour as CSS has it. Thread-safe. */
public final class ColorPicker extends Control<String, ColorPicker> {
  private static final Pattern COLOR =
      Pattern.compile("[a-zA-Z]+|#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})");

  /** It begins with that colour, such as {@code "#1f83c4"} or {@code "teal"}. */
  public ColorPicker(String color) {
    super("ColorPicker", "value");
    begin(checked(color));
  }

  /** Without the field to type in, the colour alone is seen. */
  public ColorPicker concise(boolean concise) {
    set("concise", concise);
    return this;
  }

  @Override
  String checked(String wanted) {
    if (wanted == null || !COLOR.matcher(wanted).matches()) {
      throw new IllegalArgumentException(
          "value=" + wanted + ": a colour is a name, such as teal, or #1f83c4 and the like");
    }
    return wanted;
  }

  @Override
  String fit(String wanted) {
    return wanted;
  }

  @Override
  JsonElement write(String written) {
    return new JsonPrimitive(written);
  }

  @Override
  String read(JsonElement written) {
    return checked(written.getAsString());
  }
}
