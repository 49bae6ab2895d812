package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;
import org.rayshell.kernel.session.Engine.Completion;
import org.rayshell.kernel.session.Engine.Match;

/**
 * Completes Java by what the session has defined and by what stands earlier in the cell, though it
 * has not run. Thread-safe.
 */
public final class Completer {
  private static final Pattern ANNOTATION = Pattern.compile("@(\\w+)$");

  private static final Pattern MEMBER = Pattern.compile("\\.\\s*\\w*$");

  private final Evaluator evaluator;

  /** A completer over the evaluator's session. */
  public Completer(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Completions at the cursor, which counts UTF-16 units; those of a fitting type come first. */
  public Completion complete(String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    String prefix = code.substring(0, at);
    if (Prose.isOpenAtEnd(prefix)) {
      return new Completion(List.of(), at, at);
    }
    Matcher annotation = ANNOTATION.matcher(prefix);
    if (annotation.find()) {
      return annotations(annotation.group(1), at);
    }
    Typed typed = evaluator.typed(prefix);
    if (typed.snippet().startsWith("import")) {
      evaluator.awaitPackages();
    }
    boolean member = MEMBER.matcher(typed.snippet()).find();
    return evaluator.analyse(!member, analysis -> complete(analysis, typed, at));
  }

  /** JShell offers none behind an at sign. */
  private Completion annotations(String begun, int cursor) {
    int start = cursor - begun.length();
    Completion names =
        evaluator.analyse(analysis -> complete(analysis, new Typed("", begun, start), cursor));
    List<Match> types =
        names.matches().stream().filter(match -> match.type().equals("class")).toList();
    return new Completion(types, types.isEmpty() ? cursor : start, cursor);
  }

  private static Completion complete(SourceCodeAnalysis analysis, Typed typed, int cursor) {
    Map<String, Boolean> found = new TreeMap<>();
    int anchor = suggest(analysis, "", typed, found, cursor);
    if (!typed.before().isBlank()) {
      // Among statements the variables that stand before are locals.
      int inner = suggest(analysis, ";" + typed.before(), typed, found, cursor);
      anchor = Math.min(anchor, inner);
    }
    String begun = begun(typed, anchor);
    List<Map.Entry<String, Boolean>> sorted = new ArrayList<>(found.entrySet());
    sorted.sort(Comparator.comparing(entry -> !entry.getValue()));
    List<Match> matches =
        sorted.stream()
            .map(Map.Entry::getKey)
            .filter(text -> !text.startsWith("$") || begun.startsWith("$"))
            .map(text -> new Match(text, type(text), ""))
            .toList();
    return new Completion(matches, matches.isEmpty() ? cursor : anchor, cursor);
  }

  private static String begun(Typed typed, int anchor) {
    int from = anchor - typed.start();
    return from >= 0 && from <= typed.snippet().length() ? typed.snippet().substring(from) : "";
  }

  private static int suggest(
      SourceCodeAnalysis analysis,
      String context,
      Typed typed,
      Map<String, Boolean> found,
      int cursor) {
    String source = context + typed.snippet();
    int[] anchor = {source.length()};
    for (var each : analysis.completionSuggestions(source, source.length(), anchor)) {
      found.merge(each.continuation(), each.matchesType(), Boolean::logicalOr);
    }
    return found.isEmpty() ? cursor : typed.start() + anchor[0] - context.length();
  }

  private static String type(String text) {
    if (text.endsWith("(") || text.endsWith(")")) {
      return "function";
    }
    if (javax.lang.model.SourceVersion.isKeyword(text.strip())) {
      return "keyword";
    }
    return Character.isUpperCase(text.charAt(0)) ? "class" : "instance";
  }
}
