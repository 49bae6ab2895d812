package org.rayshell.kernel.eval;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * What cells have shown, for later cells to use: {@code _3} is the result of In [3], {@code __} the
 * last one, each a variable of the result's type. There is such a variable only once a cell names
 * it. Thread-safe, but {@link #declare}, which is guarded by the compiling lock.
 */
public final class Results {
  /** The variable that has the last result. */
  static final String LAST = "__";

  /** So many results are kept that nothing else may hold. */
  static final int KEPT = 20;

  private static final Pattern MENTION =
      Pattern.compile(
          "(?<![\\p{javaJavaIdentifierPart}.])_(?:_|(\\d+))(?!\\p{javaJavaIdentifierPart})");
  private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierPart}+");

  /** Types that can be written. */
  private static final Pattern WRITABLE =
      Pattern.compile("[\\p{javaJavaIdentifierPart}.<>,\\[\\]\\s?]+");

  /**
   * A result.
   *
   * @param strong what is kept; null of what is held by others, as a variable's value
   */
  private record Kept(Object strong, WeakReference<Object> weak, String source) {
    Object value() {
      return strong == null ? weak.get() : strong;
    }
  }

  private final JShell shell;
  private final Variables variables;
  private final Map<Integer, Kept> kept = new HashMap<>();
  private final Map<Integer, String> sources = new HashMap<>();
  private final Set<String> ours = new HashSet<>();
  private final Deque<Integer> strong = new ArrayDeque<>();
  private int last;

  Results(JShell shell, Variables variables) {
    this.shell = shell;
    this.variables = variables;
  }

  /** A cell's last expression is this one. */
  synchronized void expression(int cell, String source) {
    sources.put(cell, source);
  }

  /** A cell has shown its value. */
  public synchronized void keep(int cell, Object value) {
    String source = sources.remove(cell);
    if (value == null || source == null) {
      return;
    }
    boolean ofVariable = NAME.matcher(source).matches();
    kept.put(cell, new Kept(ofVariable ? null : value, new WeakReference<>(value), source));
    last = cell;
    if (!ofVariable) {
      strong.remove(cell);
      strong.add(cell);
      if (strong.size() > KEPT) {
        kept.computeIfPresent(strong.remove(), (_, each) -> new Kept(null, each.weak, each.source));
      }
    }
  }

  /** Nothing is kept any more. */
  public synchronized void clear() {
    kept.clear();
    strong.clear();
    last = 0;
  }

  /** Whether a variable of that name is, or could be, a result's. */
  static boolean isName(String name) {
    return MENTION.matcher(name).matches();
  }

  /** Defines the variables of results that the code of a cell names. */
  void declare(String code) {
    for (Matcher found = MENTION.matcher(code); found.find(); ) {
      declare(found.group(), found.group(1) == null ? last() : number(found.group(1)));
    }
  }

  private synchronized int last() {
    return last;
  }

  private static int number(String digits) {
    return digits.length() > 9 ? 0 : Integer.parseInt(digits);
  }

  private void declare(String name, int cell) {
    Kept result;
    synchronized (this) {
      result = kept.get(cell);
    }
    Object value = result == null ? null : result.value();
    boolean users =
        shell
            .variables()
            .anyMatch(each -> each.name().equals(name) && !ours.contains(each.source()));
    if (value == null || users) {
      return;
    }
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    String type = analysis.analyzeType(result.source, result.source.length());
    if (type == null || !WRITABLE.matcher(type).matches()) {
      type = "Object";
    }
    if (!define(type, name, value)) {
      // Of a type that has been defined anew since.
      define("Object", name, value);
    }
  }

  private boolean define(String type, String name, Object value) {
    String source = type + " " + name + ";";
    boolean there =
        shell
            .variables()
            .anyMatch(each ->
                each.name().equals(name)
                    && each.source().equals(source)
                    && shell.status(each) == Snippet.Status.VALID);
    if (there && variables.set(name, value)) {
      return true;
    }
    // So that JShell's new variable does not take over the former value.
    variables.drop(name);
    ours.add(source);
    for (SnippetEvent each : shell.eval(source)) {
      if (each.causeSnippet() == null && each.status() != Snippet.Status.VALID) {
        return false;
      }
    }
    return variables.set(name, value);
  }
}
