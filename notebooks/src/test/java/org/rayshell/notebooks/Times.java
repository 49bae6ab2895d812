package org.rayshell.notebooks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code %%time} prints, in IPython's format.
 *
 * @param cpuSeconds of the driver, user and system together
 */
record Times(double cpuSeconds, double wallSeconds) {
  private static final String AMOUNT = "(?:\\d+min )?[0-9.e+]+ (?:s|ms|μs|ns)";
  private static final Pattern LINES =
      Pattern.compile(
          "CPU times: user AMOUNT, sys: AMOUNT, total: (AMOUNT)\nWall time: (AMOUNT)(?:\n|$)"
              .replace("AMOUNT", AMOUNT));

  static Times in(String printed) {
    Matcher matcher = LINES.matcher(printed);
    if (!matcher.find()) {
      throw new AssertionError("no times as IPython prints them in: " + printed);
    }
    return new Times(seconds(matcher.group(1)), seconds(matcher.group(2)));
  }

  private static double seconds(String amount) {
    double seconds = 0;
    String rest = amount;
    int minutes = amount.indexOf("min ");
    if (minutes > 0) {
      seconds = 60 * Double.parseDouble(amount.substring(0, minutes));
      rest = amount.substring(minutes + 4);
    }
    Matcher matcher = Pattern.compile("([0-9.e+]+) (\\D+)").matcher(rest);
    if (!matcher.matches()) {
      throw new AssertionError("no amount of time: " + amount);
    }
    double value = Double.parseDouble(matcher.group(1));
    return seconds
        + value
            * switch (matcher.group(2)) {
              case "s" -> 1;
              case "ms" -> 1e-3;
              case "μs" -> 1e-6;
              default -> 1e-9;
            };
  }
}
