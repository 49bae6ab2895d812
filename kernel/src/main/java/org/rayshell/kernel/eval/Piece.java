package org.rayshell.kernel.eval;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One snippet of a cell.
 *
 * @param source what JShell is given; begins where the snippet does, ends as it does, with a
 *     semicolon if it lacked one
 * @param start its first character in the cell
 * @param whole whether it parses; if not, the rest of the cell is in it
 * @param semicolon whether the cell itself ends it with one
 */
record Piece(String source, int start, boolean whole, boolean semicolon) {
  private static final Pattern CONTINUED = Pattern.compile("(?:else|catch|finally|case)\\b");
  private static final Pattern PACKAGE = Pattern.compile("package\\b[^;\\n]*");

  /** The snippet with these edits made. */
  Piece with(List<Rewritten.Edit> edits) {
    return new Piece(Rewritten.of(source, edits).source(), start, whole, semicolon);
  }

  /** What no cell can begin a snippet with, whatever follows: its length; 0 if it does not. */
  int misplaced() {
    if (source.startsWith("}")) {
      // JShell takes it for whole, and fails on it.
      return 1;
    }
    var continued = CONTINUED.matcher(source);
    if (continued.lookingAt()) {
      return continued.end();
    }
    var statement = PACKAGE.matcher(source);
    return statement.lookingAt() ? statement.end() : 0;
  }

  /** Why that cannot be. */
  String whyMisplaced() {
    var continued = CONTINUED.matcher(source);
    if (continued.lookingAt()) {
      String word = continued.group();
      String first = word.equals("else") ? "if" : word.equals("case") ? "switch" : "try";
      return "there is no " + first + " that this " + word + " could belong to";
    }
    return source.startsWith("}")
        ? "there is no { that this } could close"
        : "cells have no package: leave this out, all cells see what this one defines";
  }
}
