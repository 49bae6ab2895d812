package org.rayshell.kernel.display;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.rayshell.kernel.session.MimeBundle;

/** Texts in a language that front ends draw, with a text for those that do not. */
final class Markup {
  private static final Pattern UNSEEN =
      Pattern.compile(
          "<!--.*?-->|<(style|script)\\b.*?</\\1\\s*>", Pattern.DOTALL + Pattern.CASE_INSENSITIVE);
  private static final Pattern BREAK =
      Pattern.compile("<(?:br|/p|/div|/tr|/li|/h\\d)\\b[^>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern CELL = Pattern.compile("</t[dh]\\b[^>]*>");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");
  private static final Pattern HAS_DELIMITERS = Pattern.compile("\\$|\\\\\\(|\\\\\\[|\\\\begin\\{");
  private static final Pattern SVG_ROOT = Pattern.compile("<svg\\b([^>]*)>", Pattern.DOTALL);

  private Markup() {}

  static MimeBundle html(String html) {
    return MimeBundle.html(html, text(html));
  }

  static MimeBundle markdown(String markdown) {
    return of("text/markdown", markdown, markdown);
  }

  /** Front ends look for dollars: a formula alone gets them. */
  static MimeBundle latex(String latex) {
    String math =
        HAS_DELIMITERS.matcher(latex).find() ? latex : "$\\displaystyle " + latex.strip() + "$";
    return of("text/latex", math, latex);
  }

  /**
   * As a picture within HTML, which untrusted notebooks keep, and as it is for those that make
   * other documents.
   *
   * @throws IllegalArgumentException if it is no SVG
   */
  static MimeBundle svg(String svg) {
    var root = SVG_ROOT.matcher(svg);
    if (!root.find()) {
      throw new IllegalArgumentException("no SVG, which has an <svg> element: " + Html.cut(svg));
    }
    // Without it a browser draws no picture.
    String whole =
        root.group(1).contains("xmlns=")
            ? svg
            : svg.substring(0, root.start())
                + "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + svg.substring(root.start() + "<svg".length());
    String encoded = Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.UTF_8));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", "SVG picture of " + Amounts.bytes(whole.length()));
    data.put(
        "text/html",
        "<img style=\"max-width:100%\" alt=\"SVG picture\" src=\"data:image/svg+xml;base64,"
            + encoded
            + "\">");
    data.put("image/svg+xml", whole);
    return new MimeBundle(data, new JsonObject());
  }

  private static MimeBundle of(String type, String content, String text) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", text);
    data.put(type, content);
    return new MimeBundle(data, new JsonObject());
  }

  /** The words of a page, for consoles. */
  private static String text(String html) {
    String seen = UNSEEN.matcher(html).replaceAll("");
    String words =
        TAG.matcher(CELL.matcher(BREAK.matcher(seen).replaceAll("\n")).replaceAll(" "))
            .replaceAll("");
    return words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replaceAll("[ \t]+", " ")
        .replaceAll(" ?\n\\s*", "\n")
        .strip();
  }
}
