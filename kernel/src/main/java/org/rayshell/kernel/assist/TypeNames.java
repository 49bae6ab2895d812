package org.rayshell.kernel.assist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The qualified names of types that a name's beginning may mean. Immutable. */
final class TypeNames {
  /** Fewer letters begin too many to be of help. */
  private static final int FEWEST_LETTERS = 3;

  private static final int MOST = 40;

  private final TypeIndex index;
  private final List<String> imports;
  private final Begun begun;

  /**
   * @param imports those of every cell and of this one: {@code java.util.*}
   */
  TypeNames(TypeIndex index, List<String> imports, Begun begun) {
    this.index = index;
    this.imports = imports;
    this.begun = begun;
  }

  /** Those that need no import. */
  Set<String> inScope() {
    Set<String> found = new LinkedHashSet<>();
    of("java.lang", found);
    for (String each : imports) {
      int dot = each.lastIndexOf('.');
      if (each.startsWith("module ")) {
        index.exportsOf(each.substring("module ".length()).strip()).forEach(of -> of(of, found));
      } else if (each.endsWith(".*") && !each.startsWith("static ")) {
        of(each.substring(0, dot), found);
      } else if (!each.startsWith("static ") && begun.fit(each.substring(dot + 1)) != Begun.NOT) {
        found.add(each);
      }
    }
    return found;
  }

  private void of(String packageName, Set<String> found) {
    for (String each : index.typesOf(packageName)) {
      if (begun.fit(each) != Begun.NOT) {
        found.add(packageName + "." + each);
      }
    }
  }

  /** Those that must be imported, or be called by their qualified names; the likely ones. */
  List<String> toImport() {
    if (begun.text().codePointCount(0, begun.text().length()) < FEWEST_LETTERS
        || !Character.isUpperCase(begun.text().codePointAt(0))) {
      return List.of();
    }
    Set<String> known = inScope();
    List<String> found = new ArrayList<>(index.fitting(begun));
    found.removeIf(known::contains);
    found.sort(
        Comparator.<String>comparingInt(TypeNames::distance)
            .thenComparingInt(each -> each.length() - each.lastIndexOf('.'))
            .thenComparing(each -> each));
    return found.subList(0, Math.min(MOST, found.size()));
  }

  /** Whether who begins the type's simple name may well mean it. */
  static boolean isLikely(String qualified) {
    return distance(qualified) < 2;
  }

  /** What is meant seldom comes last. */
  private static int distance(String qualified) {
    if (qualified.startsWith("java.awt") || qualified.startsWith("javax.")) {
      return 2;
    }
    if (qualified.startsWith("java.")) {
      return 0;
    }
    boolean ofJdk =
        qualified.matches("(jdk|com\\.sun|sun|org\\.w3c|org\\.xml|org\\.ietf|netscape)\\..*");
    return ofJdk ? 3 : 1;
  }

  /** The first parts of packages' names that have been begun. */
  List<String> packages() {
    return index.packagesIn("").stream().filter(each -> begun.fit(each) != Begun.NOT).toList();
  }
}
