package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a fragment and computes the contrast of each text with what is behind it, as WCAG defines
 * it, in JupyterLab's light and dark themes. Text needs 4.5, a glyph, whose word stands beside it,
 * 3. Confined to one thread.
 */
final class Legibility {
  static final double TEXT = 4.5;
  static final double GLYPH = 3;

  private static final Pattern STYLE = Pattern.compile("style=\"([^\"]*)\"");
  private static final Pattern COLOUR = Pattern.compile("(?:^|;)\\s*color:([^;]+)");
  private static final Pattern GROUND = Pattern.compile("(?:^|;)\\s*background-color:([^;]+)");

  /** A bar that is filled from below, up to that share. */
  private static final Pattern FILLED =
      Pattern.compile("linear-gradient\\(0deg,(#\\w+) \\d+%,(rgba\\([^)]*\\)) ");

  private static final Pattern OPACITY = Pattern.compile("(?:^|;)\\s*opacity:([.0-9]+)");

  /** Red, green and blue from 0 to 255, and how much of it covers what is behind. */
  record Colour(double red, double green, double blue, double alpha) {
    static Colour of(String css) {
      if (css.startsWith("#")) {
        String hex = css.length() == 4 ? css.replaceAll("([0-9a-fA-F])", "$1$1") : css;
        int all = Integer.parseInt(hex.substring(1), 16);
        return new Colour(all >> 16, all >> 8 & 255, all & 255, 1);
      }
      String[] parts = css.replaceAll("rgba?\\(|\\)", "").split(",");
      return new Colour(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          parts.length > 3 ? Double.parseDouble(parts[3]) : 1);
    }

    Colour over(Colour behind, double opacity) {
      double share = alpha * opacity;
      return new Colour(
          share * red + (1 - share) * behind.red,
          share * green + (1 - share) * behind.green,
          share * blue + (1 - share) * behind.blue,
          1);
    }

    double luminance() {
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(double value) {
      double share = value / 255;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    double contrast(Colour other) {
      double a = luminance() + 0.05;
      double b = other.luminance() + 0.05;
      return Math.max(a, b) / Math.min(a, b);
    }
  }

  /** JupyterLab's {@code --jp-layout-color0} and {@code --jp-content-font-color1}. */
  private record Theme(String name, Colour ground, Colour text) {}

  private static final List<Theme> THEMES =
      List.of(
          new Theme("light", Colour.of("#fff"), Colour.of("rgba(0,0,0,.87)")),
          new Theme("dark", Colour.of("#111"), Colour.of("#fff")));

  private final Deque<String> styles = new ArrayDeque<>();

  void enter(String attributes) {
    Matcher style = STYLE.matcher(attributes);
    styles.push(style.find() ? style.group(1) : "");
  }

  void leave() {
    styles.pop();
  }

  void check(String html) {
    String text = html.replaceAll("&[a-z]+;", " ").strip();
    if (text.isEmpty() || styles.stream().anyMatch(style -> style.contains("font-size:0"))) {
      return;
    }
    for (Theme theme : THEMES) {
      Colour ground = theme.ground;
      Colour colour = theme.text;
      double opacity = 1;
      for (String style : styles.reversed()) {
        Matcher before = COLOUR.matcher(style);
        Matcher muted = OPACITY.matcher(style);
        String behind = ground(style);
        ground = behind == null ? ground : Colour.of(behind).over(ground, opacity);
        colour = before.find() ? Colour.of(before.group(1)) : colour;
        opacity *= muted.find() ? Double.parseDouble(muted.group(1)) : 1;
      }
      double contrast = colour.over(ground, opacity).contrast(ground);
      double least = text.codePointCount(0, text.length()) == 1 && !isWord(text) ? GLYPH : TEXT;
      assertTrue(
          contrast >= least,
          "contrast %.2f of \"%s\" in the %s theme: %s"
              .formatted(contrast, text, theme.name, styles));
    }
  }

  /**
   * What the text stands on; black labels are for bars that are filled up to the middle and more.
   */
  private static String ground(String style) {
    Matcher filled = FILLED.matcher(style);
    if (filled.find()) {
      return filled.group(style.contains(";color:#000") ? 1 : 2);
    }
    Matcher ground = GROUND.matcher(style);
    return ground.find() ? ground.group(1) : null;
  }

  private static boolean isWord(String text) {
    return Character.isLetterOrDigit(text.codePointAt(0));
  }
}
