package org.rayshell.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of Javadoc comments into plain text and into HTML. */
final class Javadoc {
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal)\\s+([^{}]*)}");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([^\\s{}]+(?:\\([^)]*\\))?)\\s*([^{}]*)}");
  private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s*([^{}]*)}");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^\\s*@(param|return|throws|exception|see|since)\\b\\s*");
  private static final Pattern PARAGRAPH =
      Pattern.compile("\\s*</?(?:p|pre|ul|ol|dl|br)\\b[^>]*>\\s*");
  private static final Pattern ITEM = Pattern.compile("\\s*<(?:li|dt|dd)\\b[^>]*>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");

  private Javadoc() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** As it is read in a terminal. */
  static String text(String comment) {
    String text =
        CODE.matcher(comment).replaceAll(m -> Matcher.quoteReplacement(protect(m.group(1))));
    text = unwrapped(text);
    text = ITEM.matcher(text).replaceAll("\n - ");
    text = PARAGRAPH.matcher(text).replaceAll("\n\n");
    text = TAG.matcher(text).replaceAll("");
    text = BLOCK.matcher(text).replaceAll("@$1 ");
    text =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    return text.replaceAll("(?m)^[ \\t]+", "").replaceAll("\n{3,}", "\n\n").strip();
  }

  /** As it is read in a page; scripts and styles have no place in a comment and go. */
  static String html(String comment) {
    if (comment.isBlank()) {
      return "";
    }
    String html =
        CODE.matcher(comment)
            .replaceAll(m -> Matcher.quoteReplacement("<code>" + protect(m.group(1)) + "</code>"));
    html = unwrapped(html).replaceAll("(?is)<(script|style)\\b.*?</\\1>", "");
    return "<p>" + BLOCK.matcher(html).replaceAll("<br><b>$1</b> ") + "</p>";
  }

  private static String protect(String code) {
    return escaped(code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }

  private static String unwrapped(String comment) {
    String text =
        LINK.matcher(comment)
            .replaceAll(m ->
                Matcher.quoteReplacement(
                    m.group(2).isBlank() ? m.group(1).replace('#', '.') : m.group(2)));
    String before;
    do {
      before = text;
      text = INLINE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
    } while (!before.equals(text));
    return text;
  }
}
