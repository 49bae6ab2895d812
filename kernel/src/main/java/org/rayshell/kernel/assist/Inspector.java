package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.rayshell.kernel.eval.Companion;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.Typed;
import org.rayshell.kernel.session.Engine.Inspection;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Help on what is at the cursor: signatures with Javadoc, where the JDK has its sources, and the
 * source of what cells have defined. Thread-safe.
 */
public final class Inspector {
  /** More Javadoc than this many overloads have would be read by nobody. */
  private static final int MOST_OVERLOADS = 12;

  private static final int MOST_ANSWERS = 200;

  /** Of a definition at the first level of detail; the second has all. */
  private static final int MOST_LINES = 15;

  private record Asked(String code, int cursor, boolean whole, long definitions) {}

  private final Evaluator evaluator;
  // Guarded by itself: the latest answers.
  private final Map<Asked, Inspection> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Inspection> eldest) {
          return size() > MOST_ANSWERS;
        }
      };

  /** An inspector over the evaluator's session. */
  public Inspector(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * Help on the name at the cursor, or on the call that the cursor is in the arguments of.
   *
   * @param cursor counts UTF-16 units
   * @param detail from 1 on long definitions are shown whole
   */
  public Inspection inspect(String code, int cursor, int detail) {
    boolean whole = detail > 0;
    // Front ends ask again and again while the cursor moves, and Javadoc is read from an archive.
    Asked asked = new Asked(code, cursor, whole, evaluator.definitionsMade());
    synchronized (answers) {
      Inspection known = answers.get(asked);
      if (known != null) {
        return known;
      }
    }
    Inspection found = find(code, cursor, whole);
    synchronized (answers) {
      answers.put(asked, found);
    }
    return found;
  }

  private Inspection find(String code, int cursor, boolean whole) {
    int at = Math.clamp(cursor, 0, code.length());
    int end = at;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int start = at;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    String name = code.substring(start, end);
    String after = code.substring(end).stripLeading();
    String upTo = code.substring(0, end);
    List<Help> found = new ArrayList<>();
    if (!name.isEmpty()) {
      boolean member =
          upTo.substring(0, upTo.length() - name.length()).stripTrailing().endsWith(".");
      if (!member) {
        evaluator
            .definitions()
            .sources(name)
            .forEach(source -> found.add(new Help(whole ? source : head(source), "")));
      }
      if (found.isEmpty() && !after.startsWith("(")) {
        found.addAll(documentation(upTo));
      }
      if (found.isEmpty()) {
        // JShell documents a method only where its call begins.
        found.addAll(documentation(upTo + "("));
      }
    }
    if (found.isEmpty()) {
      found.addAll(documentation(code.substring(0, at)));
    }
    return new Inspection(found.isEmpty() ? null : bundle(found));
  }

  private static String head(String source) {
    List<String> lines = source.lines().toList();
    return lines.size() <= MOST_LINES
        ? source
        : String.join("\n", lines.subList(0, MOST_LINES))
            + "\n… and "
            + (lines.size() - MOST_LINES)
            + " lines more";
  }

  private record Help(String signature, String javadoc) {}

  private List<Help> documentation(String code) {
    Typed typed = evaluator.typed(code);
    String context = typed.before().isBlank() ? "" : ";" + typed.before();
    String source = context + typed.snippet();
    return evaluator.analyse(analysis ->
        analysis.documentation(source, source.length(), true).stream()
            .limit(MOST_OVERLOADS)
            .map(Inspector::help)
            .distinct()
            .toList());
  }

  private static Help help(Documentation found) {
    return new Help(
        Companion.readable(found.signature()), found.javadoc() == null ? "" : found.javadoc());
  }

  private static MimeBundle bundle(List<Help> found) {
    String text =
        found.stream()
            .map(each ->
                each.javadoc.isBlank()
                    ? each.signature
                    : each.signature + "\n\n" + Javadoc.text(each.javadoc))
            .collect(Collectors.joining("\n\n"));
    String html =
        found.stream()
            .map(each ->
                "<pre>" + Javadoc.escaped(each.signature) + "</pre>" + Javadoc.html(each.javadoc))
            .collect(Collectors.joining("\n"));
    return MimeBundle.html(html, text);
  }
}
