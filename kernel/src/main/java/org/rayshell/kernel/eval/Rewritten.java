package org.rayshell.kernel.eval;

import java.util.List;

/**
 * A snippet as the compiler is given it; immutable.
 *
 * @param source with the edits made
 * @param edits in order
 */
record Rewritten(String source, List<Edit> edits) {

  /**
   * A change.
   *
   * @param at in the original
   * @param removed how many characters of the original go
   * @param added what comes in their place
   */
  record Edit(int at, int removed, String added) {}

  static Rewritten of(String original, List<Edit> edits) {
    StringBuilder source = new StringBuilder(original);
    for (Edit each : edits.reversed()) {
      source.replace(each.at, each.at + each.removed, each.added);
    }
    return new Rewritten(source.toString(), List.copyOf(edits));
  }

  /** Where the original has what is at this position. */
  int original(int position) {
    int shift = 0;
    for (Edit each : edits) {
      int begin = each.at + shift;
      if (position <= begin) {
        break;
      }
      if (position < begin + each.added.length()) {
        return each.at;
      }
      shift += each.added.length() - each.removed;
    }
    return Math.max(0, position - shift);
  }
}
