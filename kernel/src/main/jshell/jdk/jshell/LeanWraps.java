package jdk.jshell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import jdk.jshell.Snippet.SubKind;

/**
 * Wraps snippets with those imports alone that they may need: JShell's own gives each all of the
 * session, so that compiling takes the longer, and its texts the more memory, the longer a session
 * lasts. What a snippet may need is told by the words in it.
 *
 * <p>Not for completions of a name's beginning: {@link #lean} is to be off then. Guarded by the
 * evaluator's compiling lock.
 */
final class LeanWraps extends OuterWrapMap {
  private final JShell shell;
  private final BiPredicate<String, Set<String>> holder;
  private boolean lean = true;
  private List<String> prelude = List.of();

  /**
   * Wraps of that session.
   *
   * @param holder whether the package, or the type, may hold something of one of these simple names
   */
  LeanWraps(JShell shell, BiPredicate<String, Set<String>> holder) {
    super(shell);
    this.shell = shell;
    this.holder = holder;
  }

  void lean(boolean on) {
    lean = on;
  }

  /** Imports of every cell that no snippet stands for, such as {@code static java.util.Map.*}. */
  void prelude(List<String> imports) {
    prelude = imports;
  }

  @Override
  OuterSnippetsClassWrap getOuter(String className) {
    // Asked to translate stack traces, which the kernel does itself; nothing is kept for it.
    return lean ? null : super.getOuter(className);
  }

  @Override
  OuterWrap wrapInClass(
      Set<Key> except, Collection<Snippet> plus, List<Snippet> snippets, List<Wrap> wraps) {
    Set<String> words = lean ? words(wraps) : null;
    if (words == null) {
      return super.wrapInClass(except, plus, snippets, wraps);
    }
    String name =
        Util.REPL_CLASS_PREFIX
            + snippets.stream()
                .sorted((one, other) -> one.key().index() - other.key().index())
                .map(each -> each.key().index() + Util.asLetters(each.sequenceNumber()))
                .collect(Collectors.joining("_"));
    String imports = imports(words, except, plus);
    return new LeanWrap(name, inClass(name, imports, wraps), snippets, wraps);
  }

  @Override
  OuterWrap wrapInTrialClass(Wrap wrap) {
    List<Wrap> wraps = List.of(wrap);
    Set<String> words = lean ? words(wraps) : null;
    if (words == null) {
      return super.wrapInTrialClass(wrap);
    }
    String imports = imports(words, null, null);
    return new OuterWrap(inClass(Util.REPL_DOESNOTMATTER_CLASS_NAME, imports, wraps));
  }

  private static Wrap.CompoundWrap inClass(String name, String imports, List<Wrap> wraps) {
    List<Object> parts = new ArrayList<>();
    parts.add(imports + "\nclass " + name + " {\n");
    parts.addAll(wraps);
    parts.add("}\n");
    return new Wrap.CompoundWrap(parts.toArray());
  }

  private static Set<String> words(List<Wrap> wraps) {
    Set<String> words = new HashSet<>();
    for (Wrap each : wraps) {
      if (!addWords(each.wrapped(), words)) {
        return null;
      }
    }
    return words;
  }

  /** Adds what may be identifiers; false if the text has escapes that may hide some. */
  static boolean addWords(String text, Set<String> words) {
    if (text.contains("\\u")) {
      return false;
    }
    for (int at = 0; at < text.length(); ) {
      int end = at;
      while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
        end++;
      }
      if (end > at && !Character.isDigit(text.charAt(at))) {
        words.add(text.substring(at, end));
      }
      at = end + 1;
    }
    return true;
  }

  /** The head of a source with these words. */
  String imports(Set<String> words, Set<Key> except, Collection<Snippet> plus) {
    StringBuilder text = new StringBuilder("package " + Util.REPL_PACKAGE + ";\n");
    for (String each : prelude) {
      if (mayNeed(each, words)) {
        text.append("import ").append(each).append(";\n");
      }
    }
    for (Snippet each : shell.maps.snippetList()) {
      if (isCurrent(each)
          && (except == null || !except.contains(each.key()))
          && mayNeed(each, words)) {
        text.append(each.importLine(shell));
      }
    }
    if (plus != null) {
      plus.forEach(each -> text.append(each.importLine(shell)));
    }
    return text.toString();
  }

  private boolean mayNeed(String imported, Set<String> words) {
    int last = imported.lastIndexOf('.');
    String name = imported.substring(last + 1);
    String of = imported.substring(imported.startsWith("static ") ? "static ".length() : 0, last);
    return name.equals("*") ? holder.test(of, words) : words.contains(name);
  }

  private boolean isCurrent(Snippet snippet) {
    return snippet.name() != null
        && !snippet.name().isEmpty()
        && snippet.key() != null
        && snippet.status().isDefined()
        && shell.maps.getSnippet(snippet.key()) == snippet;
  }

  private boolean mayNeed(Snippet snippet, Set<String> words) {
    if (snippet instanceof ImportSnippet imported) {
      return switch (imported.subKind()) {
        case SubKind.TYPE_IMPORT_ON_DEMAND_SUBKIND ->
            holder.test(imported.fullname.substring(0, imported.fullname.lastIndexOf('.')), words);
        case SubKind.STATIC_IMPORT_ON_DEMAND_SUBKIND, SubKind.MODULE_IMPORT_SUBKIND -> true;
        default -> words.contains(imported.name());
      };
    }
    return words.contains(snippet.name())
        || (snippet instanceof VarSnippet variable
            && variable.anonymousClasses.stream().anyMatch(words::contains));
  }
}
