package org.rayshell.kernel.bridge;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;

/**
 * A profile as HTML: the hottest lines, and a flame graph of nested bars, the callers above. Those
 * methods are drawn that have most samples, and nothing below what is not drawn.
 */
final class ProfileHtml {
  private static final double LEAST = 0.004;
  private static final int MOST_BARS = 90;
  private static final int DEEPEST = 40;

  private final Set<FlameNode> drawn = new HashSet<>();
  private final int all;

  private ProfileHtml(FlameNode root) {
    all = root.count();
    choose(root);
  }

  private record Candidate(FlameNode node, int depth) {}

  private void choose(FlameNode root) {
    PriorityQueue<Candidate> next =
        new PriorityQueue<>(
            Comparator.comparingInt((Candidate each) -> each.node.count()).reversed());
    root.children().forEach(each -> next.add(new Candidate(each, 1)));
    while (!next.isEmpty() && drawn.size() < MOST_BARS) {
      Candidate best = next.poll();
      if (best.node.count() >= LEAST * all && best.depth <= DEEPEST) {
        drawn.add(best.node);
        best.node.children().forEach(each -> next.add(new Candidate(each, best.depth + 1)));
      }
    }
  }

  static String of(Profile profile) {
    StringBuilder html = new StringBuilder("<div>" + Html.escape(profile.head()) + "</div>");
    profile
        .notes()
        .forEach(
            note -> html.append("<div>").append(Html.muted(Html.escape(note))).append("</div>"));
    FlameNode root = profile.root();
    if (root.count() == 0) {
      return Html.fragment(html.toString());
    }
    html.append(hot(profile));
    html.append(new ProfileHtml(root).children(root));
    html.append(
        Html.legend(
            Html.key(colour(FlameNode.Kind.TASK), "tasks"),
            Html.key(colour(FlameNode.Kind.CELL), "cells"),
            Html.key(colour(FlameNode.Kind.OTHER), "libraries"),
            Html.muted("width = share of the samples, callers above")));
    return Html.fragment(html.toString());
  }

  private static String hot(Profile profile) {
    Sheet sheet = new Sheet().number("share").text("hottest lines").text("").words("");
    for (Profile.Hot each : profile.hot()) {
      sheet.row(
          Sheet.of(Amounts.percent(each.count(), profile.root().count())),
          new Sheet.Field(each.method(), "<b>" + Html.escape(Html.cut(each.method())) + "</b>"),
          Sheet.of(each.place()),
          each.source().isEmpty()
              ? Sheet.of("")
              : new Sheet.Field(each.source(), Html.code(each.source())));
    }
    return "<div style=\"margin:4px 0 8px 0\">" + sheet.html() + "</div>";
  }

  private String children(FlameNode node) {
    StringBuilder row = new StringBuilder();
    ArrayDeque<FlameNode> shown = new ArrayDeque<>();
    node.children().stream().filter(drawn::contains).forEach(shown::add);
    if (shown.isEmpty()) {
      return "";
    }
    for (FlameNode each : shown) {
      String share = Amounts.percent(each.count(), all);
      row.append("<div style=\"width:")
          .append(Html.share(each.count(), node.count()))
          .append(";min-width:0;overflow:hidden\"><div title=\"")
          .append(Html.escape(each.label + ", " + share))
          .append("\" style=\"")
          .append(colour(each.kind))
          .append(
              ";height:17px;line-height:17px;font-size:11px;margin:0 1px 1px 0;padding:0 3px;overflow:hidden;white-space:nowrap;border-radius:2px\">")
          .append(Html.escape(Html.cut(each.label)))
          .append(' ')
          .append(share)
          .append("</div>")
          .append(children(each))
          .append("</div>");
    }
    return "<div style=\"display:flex\">" + row + "</div>";
  }

  private static String colour(FlameNode.Kind kind) {
    return switch (kind) {
      case TASK -> "background-color:rgba(31,131,196,.35)";
      case CELL -> "background-color:#f4b25e;color:#000";
      case OTHER -> "background-color:rgba(128,128,128,.28)";
    };
  }
}
