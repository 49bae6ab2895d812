package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fragment may hold, so that it survives untrusted notebooks and saved files. */
public final class AllowList {
  private static final int MOST_CHARS = 40_000;
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z0-9]+)((?:\\s[^>]*)?)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"");
  private static final Set<String> TAGS =
      Set.of(
          "div", "span", "table", "thead", "tbody", "tr", "th", "td", "b", "code", "a", "details",
          "summary", "br");
  private static final Set<String> ATTRIBUTES = Set.of("style", "title", "scope", "href");
  private static final Pattern TEXT_COLOUR = Pattern.compile("(?:^|;)\\s*color:([^;]+)");
  private static final Set<String> COLOURS =
      Set.of("#009E73", "#1f83c4", "#808080", "#D55E00", "#B5659A", "#000");

  private AllowList() {}

  public static void check(String html) {
    assertTrue(html.length() < MOST_CHARS, "a fragment of " + html.length() + " characters");
    Deque<String> open = new ArrayDeque<>();
    Legibility legibility = new Legibility();
    Matcher tag = TAG.matcher(html);
    int done = 0;
    while (tag.find()) {
      String text = html.substring(done, tag.start());
      assertFalse(text.contains("<"), "a stray < in " + html);
      legibility.check(text);
      done = tag.end();
      String name = tag.group(2);
      assertTrue(TAGS.contains(name), "<" + name + ">");
      if (tag.group(1).isEmpty()) {
        attributes(tag.group(3));
        if (!name.equals("br")) {
          open.push(name);
          legibility.enter(tag.group(3));
        }
      } else {
        assertTrue(name.equals(open.poll()), "</" + name + "> closes nothing in " + html);
        legibility.leave();
      }
    }
    assertTrue(open.isEmpty(), "not closed: " + open);
  }

  private static void attributes(String text) {
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.find()) {
      assertTrue(ATTRIBUTES.contains(attribute.group(1)), attribute.group());
      if (attribute.group(1).equals("style")) {
        style(attribute.group(2));
      }
    }
    assertTrue(ATTRIBUTE.matcher(text).replaceAll("").isBlank(), "odd attributes:" + text);
  }

  private static void style(String style) {
    for (String banned : new String[] {"var(", "url(", "light-dark(", "hsl", "@", "expression"}) {
      assertFalse(style.contains(banned), style);
    }
    Matcher colour = TEXT_COLOUR.matcher(style);
    while (colour.find()) {
      assertTrue(COLOURS.contains(colour.group(1).strip()), style);
    }
  }
}
