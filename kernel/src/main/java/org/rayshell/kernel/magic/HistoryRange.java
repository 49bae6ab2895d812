package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.session.History;

/**
 * Cells by their numbers, as IPython writes them: {@code 3}, {@code 3-6} with the last, {@code 3:6}
 * without it, {@code 3-} to the last cell, {@code ~1/3-6} of the session before, {@code ~1/} all of
 * it.
 */
final class HistoryRange {
  private static final Pattern RANGE =
      Pattern.compile("(?:(?:~(\\d+)|(\\d+))/)?(?:(\\d+)(?:([-:])(\\d*))?)?");

  private HistoryRange() {}

  /**
   * The cells in the order of the ranges.
   *
   * @throws MagicException if one is no range, or has no cell
   */
  static List<History.Entry> find(List<String> ranges, History history) throws MagicException {
    List<History.Entry> found = new ArrayList<>();
    for (String each : ranges) {
      List<History.Entry> cells = find(each, history);
      if (cells.isEmpty()) {
        throw new MagicException("the history has no cell " + each + "; " + known(history));
      }
      found.addAll(cells);
    }
    return found;
  }

  private static List<History.Entry> find(String range, History history) throws MagicException {
    Matcher parts = RANGE.matcher(range);
    if (range.isEmpty() || !parts.matches()) {
      throw new MagicException(
          "this is no range of cells: "
              + range
              + "; write 3, 3-6, 3-, or ~1/3-6 for those of the"
              + " session before");
    }
    try {
      int session =
          parts.group(1) != null
              ? -Integer.parseInt(parts.group(1))
              : parts.group(2) != null ? Integer.parseInt(parts.group(2)) : 0;
      int start = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
      return history.range(session, start, stop(parts, start));
    } catch (NumberFormatException e) {
      throw new MagicException("there are not so many cells: " + range, e);
    }
  }

  /** The first that does not belong to it. */
  private static int stop(Matcher parts, int start) {
    String last = parts.group(5);
    if (parts.group(3) == null || (last != null && last.isEmpty())) {
      return Integer.MAX_VALUE;
    }
    if (last == null) {
      return start + 1;
    }
    return parts.group(4).equals("-")
        ? Math.addExact(Integer.parseInt(last), 1)
        : Integer.parseInt(last);
  }

  private static String known(History history) {
    List<History.Entry> all = history.range(0, 0, Integer.MAX_VALUE);
    return all.isEmpty()
        ? "no cell of this session has ended yet"
        : "this session has " + all.getFirst().line() + " to " + all.getLast().line();
  }
}
