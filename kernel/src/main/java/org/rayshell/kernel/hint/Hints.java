package org.rayshell.kernel.hint;

import java.util.List;

/**
 * What to do about a mistake, in one sentence that begins in lower case; empty where the compiler's
 * words are all that can be said. Asked only when a cell has failed. Thread-safe if the scope is.
 */
public final class Hints {
  private final NameHints names;

  /** Hints by these names. */
  public Hints(Scope scope) {
    names = new NameHints(scope);
  }

  /**
   * About an error of the compiler.
   *
   * @param firstLine the line of the cell that the mistake's source begins in
   */
  public String of(Mistake mistake, int firstLine) {
    String kind = mistake.kind();
    if (kind.startsWith("cant.resolve")) {
      return names.of(mistake);
    }
    if (kind.startsWith("unreported.exception")) {
      return ExceptionHints.ofUnreported(mistake);
    }
    if (kind.startsWith("preview.feature.disabled") || kind.equals("is.preview")) {
      return "%javac --enable-preview allows it for the rest of the session";
    }
    if (kind.startsWith("use.of.underscore") || kind.equals("underscore.as.identifier")) {
      return "the last result is __, that of In [3] is _3; _ stands for a variable without a name";
    }
    return switch (kind) {
      case "doesnt.exist" -> names.ofPackage(mistake);
      case "prob.found.req" -> TypeHints.ofConversion(mistake);
      case "type.found.req" -> TypeHints.ofUnexpected(mistake);
      case "non-static.cant.be.ref" -> TypeHints.ofNonStatic(mistake);
      case "cant.deref" -> TypeHints.ofPrimitive(mistake);
      case "incompatible.thrown.types.in.mref" -> ExceptionHints.ofReference(mistake);
      case "premature.eof", "unclosed.str.lit", "unclosed.text.block", "unclosed.comment" ->
          SyntaxHints.ofEnd(mistake, firstLine);
      case "unclosed.char.lit", "empty.char.lit" -> SyntaxHints.ofCharacters();
      case "illegal.text.block.open" -> SyntaxHints.ofTextBlock();
      case "illegal.char" -> SyntaxHints.ofCharacter(mistake);
      case "missing.ret.stmt" ->
          "each way through must end in return with a value, or in throw; an if without else may"
              + " not";
      case "cant.ref.non.effectively.final.var" ->
          "copy it into a variable that never changes, and use that one inside";
      case "var.might.not.have.been.initialized" -> "give it a value where it is declared";
      case "not.exhaustive", "not.exhaustive.statement" ->
          "add the cases that are missing, or default";
      case "cant.inherit.from.sealed" ->
          "run the sealed type in one cell with all that extend it, or add this one to its permits";
      case "jdk.eval.error.illegal.modifiers" -> ofModifier(mistake.message());
      case "cant.access" -> ofClassFile(mistake.message());
      default -> "";
    };
  }

  private static String ofModifier(String message) {
    return message.contains("synchronized")
        ? "methods of cells belong to no object that could be locked: write synchronized (lock) {"
            + " … } within"
        : "";
  }

  private static String ofClassFile(String message) {
    return message.contains("wrong version") ? ClassVersions.NEWER : "";
  }

  /**
   * About a name that a definition uses and no cell has defined.
   *
   * @param name as JShell tells it: {@code class A}, {@code method g()}, {@code variable h}
   */
  public String ofMissing(String name) {
    List<String> words = List.of(name.split("[ (]"));
    return words.size() < 2 ? "" : names.ofMissing(words.get(0), words.get(1));
  }
}
