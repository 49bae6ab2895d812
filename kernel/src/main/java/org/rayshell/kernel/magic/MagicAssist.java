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
  private static final Pattern CELL_NAME = Pattern.compile("\\s*%%(\\w*)");
  private static final Pattern BEGUN = Pattern.compile("(?s)(.*\\s)?(\\S*)");

  /** A percent sign alone, which is no magic yet. */
  private static final Pattern SIGN = Pattern.compile("(?s)(?:.*\\R)?[ \\t]*%");

  /** Magics whose line goes on with Java. */
  private static final Set<String> BEFORE_JAVA = Set.of("time", "timeit");

  private final Magics magics;

  /** Knows those magics. */
  public MagicAssist(Magics magics) {
    this.magics = magics;
  }

  /** What is written of a magic up to the cursor; arguments are null while its name is written. */
  private record Begun(boolean cell, String name, String arguments) {}

  /** The magic that the end of the code is in the line of; null if it is in none. */
  private Begun begun(String before) {
    Matcher cell = CELL_NAME.matcher(before);
    if (cell.lookingAt()) {
      return before.indexOf('\n', cell.start(1)) >= 0
          ? null
          : new Begun(true, cell.group(1), rest(before, cell.end()));
    }
    for (MagicLine each : MagicLine.in(before, magics.names())) {
      if (each.end() == before.length() && !each.asksHelp()) {
        return new Begun(false, each.name(), rest(before, each.arguments(), each));
      }
    }
    return SIGN.matcher(before).matches()
            && StatementStart.after(mask(before.substring(0, before.lastIndexOf('\n') + 1)))
        ? new Begun(false, "", null)
        : null;
  }

  private static String rest(String before, int end) {
    return end == before.length() ? null : before.substring(end);
  }

  private static String rest(String before, int arguments, MagicLine line) {
    boolean command = before.charAt(arguments - 1) == '!';
    return command || line.arguments() < before.length() ? before.substring(arguments) : null;
  }

  /** Completions of a magic's name or an argument; null if the cursor is in no magic. */
  public Completion complete(String code, int cursor) {
    String before = code.substring(0, cursor);
    if (notJava(code) && cursor > firstLineEnd(code)) {
      return new Completion(List.of(), cursor, cursor);
    }
    Begun begun = begun(before);
    if (begun == null || (begun.arguments != null && BEFORE_JAVA.contains(begun.name))) {
      return null;
    }
    return begun.arguments == null ? names(begun, cursor) : words(begun, cursor);
  }

  private Completion names(Begun begun, int cursor) {
    List<Match> matches = new ArrayList<>();
    for (Magic each : magics.all()) {
      if (each.name().startsWith(begun.name)
          && each.forms().contains(begun.cell ? Magic.Form.CELL : Magic.Form.LINE)) {
        matches.add(new Match(each.name(), "magic", each.usage()));
      }
    }
    return new Completion(matches, cursor - begun.name.length(), cursor);
  }

  private Completion words(Begun begun, int cursor) {
    Matcher split = BEGUN.matcher(begun.arguments);
    Magic magic = magics.named(begun.name);
    if (magic == null || !split.matches()) {
      return new Completion(List.of(), cursor, cursor);
    }
    String word = split.group(2);
    List<String> earlier = split.group(1) == null ? List.of() : Words.split(split.group(1));
    List<Match> matches = new ArrayList<>();
    for (String each : magic.words(earlier)) {
      if (each.startsWith(word)) {
        matches.add(new Match(each, each.startsWith("-") ? "option" : "magic", magic.usage()));
      }
    }
    if (magic.takesFile(earlier)) {
      for (String each : UserPath.completions(word)) {
        matches.add(new Match(each, "path", ""));
      }
    }
    return new Completion(matches, cursor - word.length(), cursor);
  }

  /** The help on a magic whose name the cursor is on; null if it is on none. */
  public String help(String code, int cursor) {
    Matcher cell = CELL_NAME.matcher(code);
    String name = cell.lookingAt() && cursor <= cell.end() ? cell.group(1) : null;
    for (MagicLine each : MagicLine.in(code, magics.names())) {
      if (!each.asksHelp() && each.start() <= cursor && cursor <= each.arguments()) {
        name = each.name();
      }
    }
    Magic magic = name == null ? null : magics.named(name);
    return magic == null ? null : HelpMagic.help(magic);
  }

  /** Whether a console should send a cell with magics; asks {@code java} about the rest. */
  public Completeness completeness(String code, Supplier<Completeness> java) {
    if (code.stripLeading().startsWith("%%") && !MagicLine.isQuestion(code)) {
      boolean ended = code.matches("(?s).*\\R[ \\t]*\\R?[ \\t]*") && code.strip().contains("\n");
      return new Completeness(ended ? "complete" : "incomplete", "");
    }
    return mask(code, false).isBlank() && !code.isBlank()
        ? new Completeness("complete", "")
        : java.get();
  }

  /** Whether the body of the cell is something else than Java. */
  private boolean notJava(String code) {
    Matcher name = CELL_NAME.matcher(code);
    Magic magic = name.lookingAt() ? magics.named(name.group(1)) : null;
    return magic != null && !magic.bodyIsJava();
  }

  private static int firstLineEnd(String code) {
    int lead = code.length() - code.stripLeading().length();
    int end = code.indexOf('\n', lead);
    return end < 0 ? code.length() : end;
  }

  /**
   * The code with blanks where magics stand; every other character keeps its place, so do names
   * that somebody asks for help on.
   */
  public String mask(String code) {
    return mask(code, true);
  }

  private String mask(String code, boolean keepsNames) {
    if (notJava(code)) {
      return blank(code);
    }
    StringBuilder masked = new StringBuilder(code);
    Matcher cell = CELL_NAME.matcher(code);
    if (cell.lookingAt()) {
      blank(masked, code, 0, firstLineEnd(code));
    }
    for (MagicLine each : MagicLine.in(masked.toString(), magics.names())) {
      boolean name = keepsNames && each.asksHelp() && !code.startsWith("%", each.arguments());
      boolean java = BEFORE_JAVA.contains(each.name()) || name;
      blank(masked, code, each.start(), java ? each.arguments() : each.end());
      if (name) {
        blank(masked, code, each.argumentsEnd(), each.end());
      }
    }
    return masked.toString();
  }

  private static void blank(StringBuilder masked, String code, int start, int end) {
    masked.replace(start, end, blank(code.substring(start, end)));
  }

  private static String blank(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }
}
