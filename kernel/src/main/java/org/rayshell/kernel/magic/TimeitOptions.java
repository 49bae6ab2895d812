package org.rayshell.kernel.magic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code %timeit} was asked; immutable.
 *
 * @param loops of each run; 0 to find a number that takes long enough
 * @param runs how often
 * @param code what to run, in its place in the cell
 */
record TimeitOptions(long loops, int runs, String code) {
  private static final int DEFAULT_RUNS = 7;
  private static final Pattern OPTION = Pattern.compile("\\s*-([a-zA-Z])\\s*(\\S*)");

  static TimeitOptions parse(MagicCall call) throws MagicException {
    long loops = 0;
    int runs = DEFAULT_RUNS;
    String rest = call.raw();
    for (Matcher m = OPTION.matcher(rest); m.lookingAt(); m = OPTION.matcher(rest)) {
      switch (m.group(1)) {
        case "n" -> loops = number(m.group(2), "-n");
        case "r" -> runs = (int) Math.min(number(m.group(2), "-r"), 1_000_000);
        default -> {
          if (call.form() == Magic.Form.LINE && loops == 0 && runs == DEFAULT_RUNS) {
            return new TimeitOptions(0, runs, placed(call, rest));
          }
          throw new MagicException(
              call.written() + " knows -n LOOPS and -r RUNS, not -" + m.group(1));
        }
      }
      rest = rest.substring(m.end());
    }
    if (call.form() == Magic.Form.CELL) {
      return new TimeitOptions(loops, runs, call.body());
    }
    return new TimeitOptions(loops, runs, placed(call, rest));
  }

  private static String placed(MagicCall call, String code) {
    String body = call.body();
    String lead = body.substring(0, body.length() - body.stripLeading().length());
    return lead + code.strip();
  }

  private static long number(String text, String option) throws MagicException {
    try {
      long value = Long.parseLong(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new MagicException(option + " needs a whole number from 1: " + option + "=" + text);
  }
}
