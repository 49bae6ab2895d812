package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;
import org.rayshell.kernel.session.Engine.Completion;
import org.rayshell.kernel.session.Engine.Match;

/**
 * Completes Java by what the session has defined and by what stands earlier in the cell, though it
 * has not run. Thread-safe.
 */
public final class Completer {
  /** No front end shows more well. */
  private static final int MOST = 500;

  /** Before a label, which does not parse without its colon. */
  private static final Pattern CASE = Pattern.compile("\\bcase\\s+(?:[\\w.]+\\s*,\\s*)*$");

  private final Evaluator evaluator;
  private final TypeIndex types;

  /** A completer over the evaluator's session. */
  public Completer(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.types = new TypeIndex(evaluator::addedClassPath);
  }

  /** Completions at the cursor, which counts UTF-16 units; the likely ones come first. */
  public Completion complete(String code, int cursor) {
    int at = Math.clamp(cursor, 0, code.length());
    String prefix = code.substring(0, at);
    Begun begun = Begun.at(code, at);
    if (begun.isNumber() || Prose.isOpenAtEnd(prefix)) {
      return new Completion(List.of(), at, at);
    }
    Typed typed = evaluator.drafts().typed(prefix);
    List<Candidate> found =
        Imports.isImport(typed.snippet())
            ? new ImportCompletion(evaluator, types).complete(typed.snippet(), begun)
            : complete(typed, begun);
    boolean called = code.substring(at).stripLeading().startsWith("(");
    List<Match> matches = matches(found, begun, called);
    return new Completion(matches, matches.isEmpty() ? at : at - begun.text().length(), at);
  }

  private List<Candidate> complete(Typed typed, Begun begun) {
    String before =
        typed.snippet().substring(0, Math.max(0, typed.snippet().length() - begun.text().length()));
    boolean annotates = before.stripTrailing().endsWith("@");
    String start = annotates ? "" : before;
    // The compiler knows those names of the session that the text mentions.
    Stream<String> names =
        before.stripTrailing().endsWith(".")
            ? Stream.empty()
            : evaluator.definitions().names().stream()
                .filter(each -> begun.fit(each) != Begun.NOT)
                .limit(MOST);
    String mentioned = "/* " + String.join(" ", names.toList()) + " */";
    String label = CASE.matcher(start).find() ? ":" : "";
    String draft = start + Suggestions.CURSOR + label + Brackets.closing(start) + mentioned;
    List<String> imports = Imports.visible(evaluator, typed);
    return evaluator
        .drafts()
        .ask(
            typed,
            draft,
            code -> {
              Suggestions suggestions =
                  new Suggestions(code, imports, types, evaluator.offeredImports(), begun);
              return suggestions.find(annotates);
            });
  }

  /** Each text once, in the order of relevance. */
  private static List<Match> matches(List<Candidate> found, Begun begun, boolean called) {
    Map<String, List<Candidate>> byText = new LinkedHashMap<>();
    found.stream()
        .filter(each -> !each.text().startsWith("$") || begun.text().startsWith("$"))
        .sorted(Candidate.BY_RELEVANCE)
        .forEach(each ->
            byText
                .computeIfAbsent(
                    called ? uncalled(each.text()) : each.text(), _ -> new ArrayList<>())
                .add(each));
    List<Match> matches = new ArrayList<>();
    byText.forEach((text, same) -> {
      Match match =
          same.getFirst().asMatch((int) same.stream().map(Candidate::signature).distinct().count());
      matches.add(new Match(text, match.type(), match.signature()));
    });
    return matches.subList(0, Math.min(MOST, matches.size()));
  }

  /** The brackets are there already. */
  private static String uncalled(String text) {
    int bracket = text.indexOf('(');
    return bracket < 0 ? text : text.substring(0, bracket);
  }
}
