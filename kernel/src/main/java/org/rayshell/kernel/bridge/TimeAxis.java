package org.rayshell.kernel.bridge;

import java.util.Locale;
import org.rayshell.kernel.display.Html;

/**
 * The time below lanes, from 0 on, with a tick at each round time. Immutable.
 *
 * @param length nanoseconds
 */
record TimeAxis(double length) {
  /** A round time, so that there are two to five of them; nanoseconds. */
  long tick() {
    long step = (long) Math.pow(10, Math.floor(Math.log10(length)));
    double steps = length / step;
    return Math.max(1, steps < 2 ? step / 2 : steps < 5 ? step : 2 * step);
  }

  /** A row of a table of two columns. */
  String html() {
    StringBuilder ticks = new StringBuilder();
    long tick = tick();
    for (long at = 0; at < length; at += tick) {
      ticks
          .append("<span style=\"position:absolute;")
          // So near to the end its text would be cut off.
          .append(at > 0.95 * length ? "right:0" : "left:" + Html.share(at, length))
          .append("\">")
          .append(time(at, tick))
          .append(" </span>");
    }
    return Html.tr(
        "<td></td><td style=\"padding:0\"><div"
            + " style=\"position:relative;height:16px;font-size:11px;opacity:.68;text-align:left;white-space:nowrap;overflow:hidden\">"
            + ticks
            + "</div></td>");
  }

  /** {@code 0.5 s}, all ticks in one unit. */
  private static String time(long at, long tick) {
    double unit = tick >= 100_000_000L ? 1e9 : tick >= 100_000L ? 1e6 : 1e3;
    String name = unit == 1e9 ? " s" : unit == 1e6 ? " ms" : " μs";
    double value = at / unit;
    return (value == Math.rint(value)
            ? String.valueOf((long) value)
            : String.format(Locale.ROOT, "%.1f", value))
        + name;
  }
}
