package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.session.Engine.Completeness;
import org.rayshell.kernel.session.Engine.Completion;
import org.rayshell.kernel.session.Engine.Match;

/** Help while typing magics, and cells as their Java alone. Thread-safe. */
public final class MagicAssist {
  private static final Pattern NAME = Pattern.compile("(?s)(?:.*\\R)?[ \\t]*(%{1,2})(\\w*)");
  private static final Pattern WORD =
      Pattern.compile("(?s)(?:.*\\R)?[ \\t]*%{1,2}(\\w+)[ \\t]+((?:\\S+[ \\t]+)*)(\\S*)");

  /** Magics whose line goes on with Java. */
  private static final Set<String> BEFORE_JAVA = Set.of("time", "timeit");

  /** Cell magics whose body is no Java. */
  private static final Set<String> NO_JAVA = Set.of("bash", "pager");

  private final Magics magics;

  /** Knows those magics. */
  public MagicAssist(Magics magics) {
    this.magics = magics;
  }

  /** Completions of a magic's name or an argument; null if the cursor is in no magic. */
  public Completion complete(String code, int cursor) {
    String before = code.substring(0, cursor);
    if (notJava(code) && cursor > firstLineEnd(code)) {
      return new Completion(List.of(), cursor, cursor);
    }
    Matcher name = NAME.matcher(before);
    if (name.matches() && startsStatement(before, name.start(1))) {
      return names(name.group(1).length() == 2, name.group(2), cursor);
    }
    Matcher word = WORD.matcher(before);
    if (word.matches() && !BEFORE_JAVA.contains(word.group(1))) {
      if (!startsStatement(before, before.lastIndexOf('\n') + 1)) {
        return null;
      }
      return words(word.group(1), word.group(2), word.group(3), cursor);
    }
    return null;
  }

  private static boolean startsStatement(String code, int at) {
    return at == 0 || StatementStart.after(mask(code.substring(0, at)));
  }

  private Completion names(boolean cell, String begun, int cursor) {
    List<Match> matches = new ArrayList<>();
    for (Magic each : magics.all()) {
      if (each.name().startsWith(begun)
          && each.forms().contains(cell ? Magic.Form.CELL : Magic.Form.LINE)) {
        matches.add(new Match(each.name(), "magic", ""));
      }
    }
    return new Completion(matches, cursor - begun.length(), cursor);
  }

  private Completion words(String name, String before, String begun, int cursor) {
    List<String> earlier = before.isBlank() ? List.of() : List.of(before.strip().split("\\s+"));
    List<Match> matches =
        magics.all().stream()
            .filter(each -> each.name().equals(name))
            .flatMap(each -> each.words(earlier).stream())
            .filter(each -> each.startsWith(begun))
            .map(each -> new Match(each, "magic", ""))
            .toList();
    return new Completion(matches, cursor - begun.length(), cursor);
  }

  /** The help on a magic whose name the cursor is on; null if it is on none. */
  public String help(String code, int cursor) {
    int start = code.lastIndexOf('\n', Math.max(0, cursor - 1)) + 1;
    Matcher name =
        Pattern.compile("[ \\t]*%{1,2}(\\w+)").matcher(code).region(start, code.length());
    if (!name.lookingAt() || cursor > name.end() || !startsStatement(code, start)) {
      return null;
    }
    return magics.all().stream()
        .filter(each -> each.name().equals(name.group(1)))
        .map(each -> each.usage() + "\n\n" + each.summary())
        .findFirst()
        .orElse(null);
  }

  /** Whether a console should send a cell with magics; asks {@code java} about the rest. */
  public Completeness completeness(String code, Supplier<Completeness> java) {
    if (code.stripLeading().startsWith("%%")) {
      boolean ended = code.matches("(?s).*\\R[ \\t]*\\R?[ \\t]*") && code.strip().contains("\n");
      return new Completeness(ended ? "complete" : "incomplete", "");
    }
    return mask(code).isBlank() && !code.isBlank() ? new Completeness("complete", "") : java.get();
  }

  /** Whether the body of the cell is something else than Java. */
  private static boolean notJava(String code) {
    Matcher name = Pattern.compile("\\s*%%(\\w+)").matcher(code);
    return name.lookingAt() && NO_JAVA.contains(name.group(1));
  }

  private static int firstLineEnd(String code) {
    int lead = code.length() - code.stripLeading().length();
    int end = code.indexOf('\n', lead);
    return end < 0 ? code.length() : end;
  }

  /** The code with blanks where magics stand; every other character keeps its place. */
  public static String mask(String code) {
    if (code.indexOf('%') < 0) {
      return code;
    }
    if (notJava(code)) {
      return blank(code);
    }
    StringBuilder masked = new StringBuilder(code.length());
    Matcher line = Pattern.compile("(?m)^([ \\t]*%{1,2}(\\w+))(.*)$").matcher(code);
    int done = 0;
    while (line.find()) {
      String before = code.substring(done, line.start());
      if (!StatementStart.after(masked + before)) {
        continue;
      }
      masked.append(before).append(blank(line.group(1)));
      boolean java = BEFORE_JAVA.contains(line.group(2));
      masked.append(java ? line.group(3) : blank(line.group(3)));
      done = line.end();
    }
    return masked.append(code.substring(done)).toString();
  }

  private static String blank(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }
}
