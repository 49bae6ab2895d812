package org.rayshell.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** Makes the comment again of which a section of a Javadoc page was made. Without state. */
final class JavadocComment {
  private JavadocComment() {}

  /** The comment; null if the section says nothing. */
  static DocCommentTree of(Element section) {
    StringBuilder text = new StringBuilder();
    Element body = section.selectFirst("div.block");
    if (body != null) {
      text.append(html(body));
    }
    Element deprecated = section.selectFirst(".deprecation-comment, .deprecationComment");
    if (deprecated != null) {
      text.append("\n@deprecated ").append(html(deprecated));
    }
    Element notes = section.selectFirst("dl.notes, dl");
    if (notes != null) {
      String title = "";
      for (Element each : notes.children()) {
        if (each.tagName().equals("dt")) {
          title = each.text().strip().toLowerCase(Locale.ROOT);
        } else {
          text.append(tag(title, each));
        }
      }
    }
    if (text.toString().isBlank()) {
      return null;
    }
    String comment = text.toString().replace("*/", "*&#47;").replace("\n", "\n * ");
    return new SourceFile("class Page {\n/**\n * " + comment + "\n */\nvoid page() {}\n}")
        .first()
        .comment();
  }

  private static String tag(String title, Element said) {
    return switch (title) {
      case "parameters:", "record components:" -> named("@param ", said);
      case "type parameters:" ->
          named("@param ", said).replaceFirst("@param (\\S+)", "@param <$1>");
      case "throws:" -> named("@throws ", said);
      case "returns:" -> "\n@return " + html(said);
      case "since:" -> "\n@since " + html(said);
      case "api note:" -> "\n@apiNote " + html(said);
      case "implementation requirements:" -> "\n@implSpec " + html(said);
      case "implementation note:" -> "\n@implNote " + html(said);
      default -> "";
    };
  }

  /** A tag on what has a name: {@code <code>name</code> - what is said of it}. */
  private static String named(String tag, Element said) {
    Element code = said.selectFirst("code");
    if (code == null) {
      return "";
    }
    String name = code.text().strip();
    Element rest = said.clone();
    rest.selectFirst("code").remove();
    rest.select("span[id]").unwrap();
    return "\n" + tag + name + " " + html(rest).replaceFirst("^\\s*-\\s*", "");
  }

  /** Its content, in which nothing is taken for a tag. */
  private static String html(Element element) {
    return element.html().replace("@", "&#64;").strip();
  }
}
