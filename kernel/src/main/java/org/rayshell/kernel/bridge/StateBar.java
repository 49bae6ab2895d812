package org.rayshell.kernel.bridge;

import java.util.Map;
import org.rayshell.kernel.display.Html;

/** How many are in which state, as a bar; the text says the same. */
final class StateBar {
  private StateBar() {}

  static String html(Map<Shown, Integer> counts, int all) {
    StringBuilder parts = new StringBuilder();
    counts.forEach((shown, count) ->
        parts
            .append("<div title=\"")
            .append(count)
            .append(' ')
            .append(shown.word)
            .append("\" style=\"width:")
            .append(Html.share(count, all))
            .append(";height:8px;background-color:")
            .append(colour(shown))
            .append("\"></div>"));
    return "<div style=\"display:flex;height:8px;border-radius:4px;overflow:hidden;background-color:"
        + Html.TRACK
        + ";margin:5px 0 6px 0\">"
        + parts
        + "</div>";
  }

  private static String colour(Shown shown) {
    return shown == Shown.QUEUED || shown == Shown.UNKNOWN ? "rgba(128,128,128,.28)" : shown.colour;
  }
}
