package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.rayshell.kernel.eval.Attributed;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;

/** Completes import declarations: packages, types, static members, modules. */
final class ImportCompletion {
  private static final Pattern IMPORT =
      Pattern.compile("\\s*import\\s+(?<what>static\\s+|module\\s+)?(?<of>(?:[\\w$]+\\.)*)[\\w$]*");

  private final Evaluator evaluator;
  private final TypeIndex types;

  ImportCompletion(Evaluator evaluator, TypeIndex types) {
    this.evaluator = evaluator;
    this.types = types;
  }

  /** What may follow in the import, of which the last name has been begun. */
  List<Candidate> complete(String snippet, Begun begun) {
    Matcher written = IMPORT.matcher(snippet);
    if (!written.matches()) {
      return List.of();
    }
    String what = written.group("what") == null ? "" : written.group("what").strip();
    String of = written.group("of").replaceFirst("\\.$", "");
    if (what.equals("module")) {
      String dotted = written.group("of");
      return types.modules().stream()
          .filter(each -> each.startsWith(dotted + begun.text()))
          .map(each -> candidate(each.substring(dotted.length()), Kinds.MODULE, "", begun))
          .toList();
    }
    return evaluator.drafts().ask(Typed.NOTHING, ";", code -> complete(code, what, of, begun));
  }

  private List<Candidate> complete(Attributed code, String what, String of, Begun begun) {
    List<Candidate> found = new ArrayList<>();
    if (of.isEmpty() && what.isEmpty()) {
      Stream.of("static", "module")
          .filter(each -> begun.fit(each) == Begun.AS_TYPED)
          .forEach(each -> found.add(candidate(each + " ", Kinds.KEYWORD, "", begun)));
    }
    for (String each : types.packagesIn(of)) {
      if (begun.fit(each) != Begun.NOT) {
        found.add(candidate(each + ".", Kinds.MODULE, "", begun));
      }
    }
    for (String each : types.typesOf(of)) {
      TypeElement type =
          begun.fit(each) == Begun.NOT
              ? null
              : code.task().getElements().getTypeElement(of + "." + each);
      if (type != null && type.getModifiers().contains(Modifier.PUBLIC)) {
        found.add(candidate(each, Kinds.of(type), Signatures.type(type), begun));
      }
    }
    TypeElement type = of.isEmpty() ? null : code.task().getElements().getTypeElement(of);
    if (type != null) {
      type.getEnclosedElements().stream()
          .filter(each ->
              each.getModifiers().contains(Modifier.PUBLIC)
                  && (Kinds.isType(each)
                      || what.equals("static") && each.getModifiers().contains(Modifier.STATIC))
                  && begun.fit(each.getSimpleName().toString()) != Begun.NOT)
          .forEach(each ->
              found.add(candidate(each.getSimpleName().toString(), Kinds.of(each), "", begun)));
    }
    return found;
  }

  private static Candidate candidate(String text, String type, String signature, Begun begun) {
    Candidate.Group group =
        text.endsWith(" ")
            ? Candidate.Group.KEYWORD
            : type.equals(Kinds.MODULE) ? Candidate.Group.PACKAGE : Candidate.Group.TYPE;
    int match = Math.min(begun.fit(text), Begun.BY_HUMPS);
    return new Candidate(text, type, signature, group, true, match, false);
  }
}
