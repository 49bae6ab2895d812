package org.rayshell.kernel.bridge;

import java.util.Map;
import org.rayshell.kernel.display.Html;

/** How many are in which state, as a bar; the text says the same. */
final class StateBar {
  private StateBar() {}

  static String html(Map<Shown, Integer> counts, int all) {
    StringBuilder parts = new StringBuilder();
    double ended = 0;
    for (Map.Entry<Shown, Integer> each : counts.entrySet()) {
      Shown shown = each.getKey();
      ended += shown.isFinal() ? each.getValue() : 0;
      parts
          .append("<div title=\"")
          .append(each.getValue())
          .append(' ')
          .append(shown.word)
          .append("\" style=\"width:")
          .append(Html.share(each.getValue(), all))
          // One failure of thousands is to be seen.
          .append(shown.isFailure() ? ";min-width:3px" : "")
          .append(";height:8px;background-color:")
          .append(colour(shown))
          .append("\"></div>");
    }
    return "<div style=\"display:flex;height:8px;border-radius:4px;overflow:hidden;background-color:"
        + Html.TRACK
        + ";margin:5px 0 6px 0\">"
        + parts
        + Html.blocks(0, all == 0 ? 0 : ended / all, true)
        + "</div>";
  }

  private static String colour(Shown shown) {
    return shown == Shown.QUEUED || shown == Shown.UNKNOWN ? "rgba(128,128,128,.28)" : shown.colour;
  }
}
