package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** A check box, or a button that stays down. Thread-safe. */
public final class Toggle extends Control<Boolean, Toggle> {
  private Toggle(String kind, String label) {
    super(kind, "value");
    begin(false);
    label(label);
  }

  /** A check box, not checked. */
  public static Toggle checkbox(String label) {
    return new Toggle("Checkbox", label);
  }

  /** A button that stays down, not down. */
  public static Toggle button(String label) {
    return new Toggle("ToggleButton", label);
  }

  /** The colour of a button: primary, success, info, warning, danger, or empty. */
  public Toggle style(String name) {
    set("button_style", Styles.checked(name));
    return this;
  }

  @Override
  Boolean checked(Boolean wanted) {
    return wanted;
  }

  @Override
  Boolean fit(Boolean wanted) {
    return wanted;
  }

  @Override
  JsonElement write(Boolean written) {
    return new JsonPrimitive(written);
  }

  @Override
  Boolean read(JsonElement written) {
    return written.getAsBoolean();
  }
}
