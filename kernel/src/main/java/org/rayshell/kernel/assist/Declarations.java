package org.rayshell.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Where a class and its members are declared, or documented. Guarded by its {@link Sources}. */
interface Declarations {
  /**
   * A declaration.
   *
   * @param names of its parameters
   * @param comment null if it has none
   * @param source without its comment; empty if it is not known
   */
  record Declared(List<String> names, DocCommentTree comment, String source) {
    /** For what takes other parameters. */
    Declared withoutNames() {
      return new Declared(List.of(), comment, source);
    }
  }

  /** What is known of the element; null if nothing is. */
  Declared find(Element element);

  /**
   * How many parameters are of the same type; negative if there are not so many.
   *
   * @param types as they are written
   */
  static int likeness(List<String> types, ExecutableElement wanted) {
    if (types.size() != wanted.getParameters().size()) {
      return -1;
    }
    int same = 0;
    for (int i = 0; i < types.size(); i++) {
      String one = plain(types.get(i));
      String other = plain(wanted.getParameters().get(i).asType().toString());
      same += one.equals(other) ? 1 : 0;
    }
    return same;
  }

  private static String plain(String type) {
    String text = type.replaceAll("@\\w+(\\([^()]*\\))?\\s*|<.*>|\\s", "").replace("...", "[]");
    return text.substring(text.lastIndexOf('.') + 1);
  }
}
