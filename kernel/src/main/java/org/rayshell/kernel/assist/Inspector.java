package org.rayshell.kernel.assist;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;
import org.rayshell.kernel.session.Engine.Inspection;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Help on what is at the cursor: what it is declared as, its documentation, and its source at the
 * second level of detail; among the arguments of a call what may be called. Thread-safe.
 */
public final class Inspector {
  private static final int MOST_ANSWERS = 200;

  private record Asked(String code, int cursor, boolean whole, long definitions, long sources) {}

  private final Evaluator evaluator;
  private final Sources sources;
  private final TypeIndex types;
  // Guarded by itself: the latest answers.
  private final Map<Asked, Inspection> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Inspection> eldest) {
          return size() > MOST_ANSWERS;
        }
      };

  /**
   * An inspector over the evaluator's session.
   *
   * @param jars the sources of libraries
   */
  public Inspector(Evaluator evaluator, SourceJars jars) {
    this(evaluator, jars, Path.of(System.getProperty("java.home")));
  }

  /**
   * @param javaHome where the JDK's sources are looked for
   */
  Inspector(Evaluator evaluator, SourceJars jars, Path javaHome) {
    this.evaluator = evaluator;
    this.sources = new Sources(evaluator::loader, jars, javaHome);
    this.types = new TypeIndex(evaluator::addedClassPath);
  }

  /**
   * Help on the name at the cursor, or on the call that the cursor is in the arguments of.
   *
   * @param cursor counts UTF-16 units
   * @param detail from 1 on there is the source, too
   */
  public Inspection inspect(String code, int cursor, int detail) {
    boolean whole = detail > 0;
    int at = Math.clamp(cursor, 0, code.length());
    // Front ends ask again and again while the cursor moves, and Javadoc is read from an archive.
    Asked asked = new Asked(code, at, whole, evaluator.definitionsMade(), sources.version());
    synchronized (answers) {
      Inspection known = answers.get(asked);
      if (known != null) {
        return known;
      }
    }
    Found found = find(code, at, whole);
    Inspection answer = new Inspection(found.page);
    if (!found.passing) {
      synchronized (answers) {
        answers.put(asked, answer);
      }
    }
    return answer;
  }

  /**
   * @param passing whether it may be another the next time, as a variable's value may
   */
  private record Found(MimeBundle page, boolean passing) {}

  private Found find(String code, int cursor, boolean whole) {
    int at = cursor;
    int text = Prose.open(code.substring(0, at));
    if (text >= 0) {
      if (code.startsWith("/", text)) {
        return new Found(null, false);
      }
      at = text;
    }
    Name name = text >= 0 ? null : Name.at(code, at);
    if (name != null) {
      Found found = ofName(code, name, whole);
      if (found.page != null) {
        return found;
      }
    }
    return new Found(ofCall(code.substring(0, at)), false);
  }

  private Found ofName(String code, Name name, boolean whole) {
    Typed typed = evaluator.drafts().typed(code.substring(0, name.end()));
    List<String> imports = Imports.visible(evaluator, typed);
    int from = Math.max(0, name.start() - typed.start());
    HelpPage page = new HelpPage();
    boolean[] passing = new boolean[1];
    if (Imports.isImport(typed.snippet())) {
      evaluator
          .drafts()
          .ask(
              Typed.NOTHING,
              ";",
              attributed -> {
                help(page, attributed, imports, whole).ofImport(typed.snippet());
                return null;
              });
    } else {
      String before = typed.snippet().substring(0, Math.min(from, typed.snippet().length()));
      boolean annotates = before.stripTrailing().endsWith("@");
      String draft =
          (annotates ? "" : before) + code.substring(name.start(), argumentsEnd(code, name));
      int start = annotates ? 0 : from;
      int length = name.text().length();
      evaluator
          .drafts()
          .ask(
              typed,
              draft + Brackets.closing(draft),
              attributed -> {
                passing[0] = help(page, attributed, imports, whole).ofName(start, start + length);
                return null;
              });
    }
    if (page.isEmpty()) {
      others(page, name, imports);
    }
    return new Found(page.bundle(), passing[0]);
  }

  private Help help(
      HelpPage page,
      org.rayshell.kernel.eval.Attributed attributed,
      List<String> imports,
      boolean whole) {
    return new Help(page, attributed, imports, sources, evaluator.definitions(), whole);
  }

  /** With what is given to it, by which the compiler chooses among overloads. */
  private static int argumentsEnd(String code, Name name) {
    int at = name.end();
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    int end = code.startsWith("(", at) ? Brackets.end(code, at) : -1;
    return end < 0 ? name.end() : end;
  }

  /** What the compiler does not know: keywords, and types that are not imported. */
  private void others(HelpPage page, Name name, List<String> imports) {
    String meaning = Keywords.meaning(name.text());
    if (meaning != null) {
      page.add(
          "**" + name.text() + "** – " + DocText.escaped(meaning), name.text() + " – " + meaning);
      return;
    }
    List<String> known =
        new TypeNames(types, imports, new Begun(name.text()))
            .toImport().stream().filter(each -> each.endsWith("." + name.text())).toList();
    if (!known.isEmpty()) {
      evaluator
          .drafts()
          .ask(
              Typed.NOTHING,
              ";",
              attributed -> {
                help(page, attributed, imports, false).toImport(known);
                return null;
              });
    }
  }

  private MimeBundle ofCall(String prefix) {
    int bracket = Brackets.openRound(prefix);
    if (bracket < 0) {
      return null;
    }
    int argument = Brackets.argument(prefix, bracket);
    Typed typed = evaluator.drafts().typed(prefix);
    int end = argument - typed.start();
    if (end <= 0 || end > typed.snippet().length()) {
      return null;
    }
    String draft = typed.snippet().substring(0, end) + Suggestions.CURSOR;
    HelpPage page = new HelpPage();
    evaluator
        .drafts()
        .ask(
            typed,
            draft + Brackets.closing(draft),
            attributed -> {
              help(page, attributed, Imports.visible(evaluator, typed), false).ofCall();
              return null;
            });
    return page.bundle();
  }
}
