package org.rayshell.kernel.display;

import java.util.Locale;

/** Pieces of fragments: inline styles with literal colours, nothing else, all text escaped. */
public final class Html {
  /** Grey for lines, with alpha: right on light and dark. */
  public static final String LINE = "rgba(128,128,128,.28)";

  /** Grey for what bars lie in. */
  public static final String TRACK = "rgba(128,128,128,.12)";

  private static final int PREVIEW_CHARS = 40;
  private static final int BLOCKS = 10;

  private Html() {}

  /** Text as HTML. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> {
          if (c >= ' ' || c == '\n' || c == '\t') {
            escaped.append(c);
          } else {
            escaped.append('\uFFFD');
          }
        }
      }
    }
    return escaped.toString();
  }

  /** Text of at most forty characters, the rest as an ellipsis. */
  public static String cut(String text) {
    return cut(text, PREVIEW_CHARS);
  }

  /** Text of at most so many characters, the rest as an ellipsis. */
  public static String cut(String text, int chars) {
    return text.codePointCount(0, text.length()) <= chars
        ? text
        : text.substring(0, text.offsetByCodePoints(0, chars - 1)) + "…";
  }

  /** The frame of a fragment. */
  public static String fragment(String content) {
    return "<div style=\"max-width:900px;font-size:13px;line-height:1.45;padding:2px 0\">"
        + content
        + "</div>";
  }

  /** Muted text; the content is HTML. */
  public static String muted(String content) {
    return muted(content, "");
  }

  /** Muted text with a tip, which is escaped; the content is HTML. */
  public static String muted(String content, String title) {
    return span("opacity:.68", content, title);
  }

  /**
   * Words on a failure; the content is HTML. They keep the theme's colour of text, since no colour
   * is legible both on white and on a dark theme's ground, and stand on a tint.
   *
   * @param title the tip, escaped; empty for none
   */
  public static String failure(String content, String title) {
    return span("background-color:rgba(213,94,0,.2);padding:0 4px", content, title);
  }

  private static String span(String style, String content, String title) {
    return "<span style=\""
        + style
        + "\""
        + (title.isEmpty() ? "" : " title=\"" + title + "\"")
        + ">"
        + content
        + "</span>";
  }

  /** Things side by side with dots between; a line ends behind a dot, not within a thing. */
  public static String dots(Iterable<String> parts) {
    return "<span style=\"white-space:nowrap\">"
        + String.join(" &ensp;·&ensp;</span> <span style=\"white-space:nowrap\">", parts)
        + "</span>";
  }

  /** A value as code. */
  public static String code(String text) {
    return "<code style=\"background-color:rgba(128,128,128,.12);padding:0 4px;white-space:nowrap\">"
        + escape(cut(text))
        + "</code>";
  }

  /** A head line: left and right. */
  public static String head(String left, String right) {
    return "<div style=\"display:flex;justify-content:space-between;flex-wrap:wrap\"><div>"
        + left
        + "</div><div style=\"opacity:.68;white-space:nowrap\">"
        + right
        + "</div></div>";
  }

  /** Opens a table of full width. */
  public static String table(String head, String body) {
    return "<table style=\"table-layout:auto;border-collapse:collapse;width:100%;margin:0\">"
        + (head.isEmpty()
            ? ""
            : "<thead style=\"border-bottom:1px solid "
                + LINE
                + "\"><tr style=\"background:none\">"
                + head
                + "</tr></thead>")
        + "<tbody>"
        + body
        + "</tbody></table>";
  }

  /** A heading of a column. */
  public static String th(boolean number, String content) {
    return "<th scope=\"col\" style=\"text-align:"
        + (number ? "right" : "left")
        + ";font-weight:600;padding:3px 10px 3px 0;white-space:nowrap\">"
        + content
        + "</th>";
  }

  /** A cell of a table; the content is HTML. */
  public static String td(boolean number, String content) {
    return "<td style=\"text-align:"
        + (number ? "right" : "left")
        + ";padding:3px 10px 3px 0;white-space:nowrap\">"
        + content
        + "</td>";
  }

  /** The last cell of a row, which takes several lines where there is little room; HTML. */
  public static String words(int leastWidthPx, String content) {
    return "<td style=\"text-align:left;padding:3px 0;min-width:"
        + leastWidthPx
        + "px\">"
        + content
        + "</td>";
  }

  /** A row. */
  public static String tr(String cells) {
    return "<tr style=\"background:none;height:23px\">" + cells + "</tr>";
  }

  /**
   * What a look means, for a legend.
   *
   * @param look the style of bars that look so
   */
  public static String key(String look, String words) {
    return "<span style=\"white-space:nowrap;margin-right:14px\"><span"
        + " style=\"display:inline-block;width:16px;height:10px;border-radius:2px;"
        + look
        + "\"></span> "
        + muted(words)
        + "</span> ";
  }

  /** The keys of a picture, in a line below it. */
  public static String legend(String... keys) {
    return "<div style=\"font-size:11px;margin:4px 0 6px 0\">" + String.join("", keys) + "</div>";
  }

  /** A share of a whole for a style, {@code 12.5%}. */
  public static String share(double part, double whole) {
    double share = whole <= 0 ? 0 : Math.clamp(100 * part / whole, 0, 100);
    return String.format(Locale.ROOT, "%.2f%%", share);
  }

  /**
   * A bar in characters, seen only where styles are taken away: full from one share of it to
   * another, as far as anything is there.
   */
  public static String blocks(double from, double to, boolean there) {
    StringBuilder blocks = new StringBuilder("<span style=\"font-size:0\">");
    for (int i = 0; i < BLOCKS; i++) {
      boolean full = i + 1 > from * BLOCKS && i < to * BLOCKS;
      blocks.append(there && full ? '█' : '░');
    }
    return blocks.append("</span>").toString();
  }

  /**
   * A link. It is a block: front ends do not underline links, so they must not look like part of a
   * sentence.
   *
   * @param style more style, which ends with a semicolon; may be empty
   */
  public static String link(String style, String url, String content) {
    return "<a style=\""
        + style
        + "display:inline-block\" href=\""
        + escape(url)
        + "\">"
        + content
        + "</a>";
  }

  /** A link to the dashboard, which names its address if it has one of its own. */
  public static String dashboard(String url) {
    String host = url.startsWith("http") ? url.replaceFirst("^https?://", "") : "";
    String name = host.isEmpty() ? "" : escape(host.replaceFirst("[/?].*", "")) + " ";
    return link("", url, "Dashboard " + name + "↗");
  }
}
