package jdk.jshell;

import java.util.List;

/** A class of the session that knows whether its methods may call others of their name. */
final class LeanWrap extends OuterSnippetsClassWrap {
  private final boolean mayCallOverloads;

  LeanWrap(String name, Wrap.CompoundWrap text, List<Snippet> snippets, List<Wrap> wraps) {
    super(name, text, snippets, wraps);
    boolean may = false;
    for (int i = 0; i < wraps.size() && !may; i++) {
      may =
          snippets.get(i) instanceof MethodSnippet method
              && isTwiceIn(wraps.get(i).wrapped(), method.name());
    }
    mayCallOverloads = may;
  }

  boolean mayCallOverloads() {
    return mayCallOverloads;
  }

  private static boolean isTwiceIn(String text, String name) {
    int first = text.indexOf(name);
    return first >= 0 && text.indexOf(name, first + 1) >= 0;
  }
}
