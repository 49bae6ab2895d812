package org.rayshell.kernel.eval;

import java.util.List;

/**
 * What is being typed at a cursor.
 *
 * @param before the cell's earlier snippets that can stand in a block: no imports, no methods
 * @param snippet the snippet up to the cursor
 * @param start where it begins in the cell
 */
public record Typed(String before, String snippet, int start) {

  static Typed at(String prefix, List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return new Typed("", "", prefix.length());
    }
    Piece last = pieces.getLast();
    String rest = prefix.substring(last.start());
    boolean ended =
        last.whole() && (last.semicolon() || rest.stripTrailing().endsWith("}") || rest.isBlank());
    List<Piece> earlier = ended ? pieces : pieces.subList(0, pieces.size() - 1);
    StringBuilder before = new StringBuilder();
    for (Piece each : earlier) {
      if (!each.source().startsWith("import") && !SnippetParser.isMethod(each.source())) {
        before.append(each.source()).append('\n');
      }
    }
    return ended
        ? new Typed(before.toString(), "", prefix.length())
        : new Typed(before.toString(), rest, last.start());
  }
}
