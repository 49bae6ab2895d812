package org.rayshell.kernel.eval;

import java.util.List;

/**
 * What is being typed at a cursor, and what stands before it in the cell.
 *
 * @param imports the cell's earlier imports
 * @param members its earlier methods and types
 * @param before its other earlier snippets
 * @param snippet the snippet up to the cursor
 * @param start where it begins in the cell
 */
public record Typed(String imports, String members, String before, String snippet, int start) {
  /** Nothing at all. */
  public static final Typed NOTHING = new Typed("", "", "", "", 0);

  static Typed at(String prefix, List<Piece> pieces) {
    if (pieces.isEmpty()) {
      return new Typed("", "", "", "", prefix.length());
    }
    Piece last = pieces.getLast();
    String rest = prefix.substring(last.start());
    boolean ended =
        last.whole() && (last.semicolon() || rest.stripTrailing().endsWith("}") || rest.isBlank());
    List<Piece> earlier = ended ? pieces : pieces.subList(0, pieces.size() - 1);
    StringBuilder imports = new StringBuilder();
    StringBuilder members = new StringBuilder();
    StringBuilder before = new StringBuilder();
    for (Piece each : earlier) {
      StringBuilder into =
          each.source().startsWith("import")
              ? imports
              : SnippetParser.isMember(each.source()) ? members : before;
      into.append(each.source()).append('\n');
    }
    return new Typed(
        imports.toString(),
        members.toString(),
        before.toString(),
        ended ? "" : rest,
        ended ? prefix.length() : last.start());
  }
}
