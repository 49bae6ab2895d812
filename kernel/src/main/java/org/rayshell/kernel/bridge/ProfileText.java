package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import org.rayshell.kernel.display.Amounts;

/** A profile as text: the hottest lines, and a tree with shares. */
final class ProfileText {
  private static final double LEAST = 0.01;
  private static final int MOST_LINES = 60;

  private ProfileText() {}

  static String of(Profile profile) {
    List<String> lines = new ArrayList<>();
    lines.add(profile.head());
    lines.addAll(profile.notes());
    FlameNode root = profile.root();
    if (root.count() == 0) {
      return String.join("\n", lines);
    }
    for (Profile.Hot hot : profile.hot()) {
      lines.add(
          "%5s  %s"
              .formatted(
                  Amounts.percent(hot.count(), root.count()),
                  hot.method()
                      + (hot.place().isEmpty() ? "" : " (" + hot.place() + ")")
                      + (hot.source().isEmpty() ? "" : "    " + hot.source())));
    }
    lines.add("");
    int before = lines.size();
    root.children().forEach(each -> tree(each, root.count(), 0, lines, before + MOST_LINES));
    return String.join("\n", lines);
  }

  private static void tree(FlameNode node, int all, int depth, List<String> lines, int most) {
    if (node.count() < LEAST * all || lines.size() >= most) {
      return;
    }
    lines.add(
        "%5s  %s%s".formatted(Amounts.percent(node.count(), all), "  ".repeat(depth), node.label));
    node.children().forEach(each -> tree(each, all, depth + 1, lines, most));
  }
}
