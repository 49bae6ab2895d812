package org.rayshell.kernel.widget;

import java.util.List;

/** The colours that buttons and bars have by the page's theme. Without state. */
final class Styles {
  private static final List<String> NAMES =
      List.of("primary", "success", "info", "warning", "danger", "");

  private Styles() {}

  /** The name, if it is one. */
  static String checked(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "style="
              + name
              + ": there are primary, success, info, warning, danger, and \"\" for none");
    }
    return name;
  }
}
