package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.runtime.view.TaskProfile;

/**
 * The profiles of several workers as one; immutable.
 *
 * @param head what was sampled, for people
 * @param notes what is to be known beside; may be empty
 * @param root all samples, by tasks and then by methods
 * @param hot the lines that most samples were in, the most frequent first
 */
record Profile(String head, List<String> notes, FlameNode root, List<Hot> hot) {
  private static final int MOST_HOT = 5;

  /** A line of a cell, or a method, with the samples in it and in what it called of libraries. */
  record Hot(String method, String place, String source, int count) {}

  private record Place(String method, String place, String source) {}

  /**
   * Puts them together.
   *
   * @param silent workers that gave none
   * @param nanos how long
   * @param only what alone was wanted; empty for all
   */
  static Profile of(
      Map<Long, TaskProfile> profiles,
      List<Long> silent,
      long nanos,
      String only,
      CellFrames frames) {
    FlameNode root = new FlameNode("all", FlameNode.Kind.TASK);
    Map<Place, Integer> hot = new LinkedHashMap<>();
    long ran = 0;
    int left = 0;
    TreeSet<String> notes = new TreeSet<>();
    TreeSet<String> sources = new TreeSet<>();
    for (TaskProfile each : profiles.values()) {
      each.stacks().forEach(sampled -> add(sampled, root, hot, frames));
      ran += each.ranNs();
      left += each.left();
      if (!each.note().isEmpty()) {
        notes.add(each.note());
      }
      if (!each.source().isEmpty()) {
        sources.add(each.source());
      }
    }
    List<String> all = new ArrayList<>(notes);
    if (left > 0) {
      all.add(left + " samples of rare stacks are left out");
    }
    if (!silent.isEmpty()) {
      all.add(
          silent.stream()
              .map(pid -> pid + (ProcStatus.isStopped(pid) ? " (stopped)" : ""))
              .collect(Collectors.joining(", ", "no answer from worker ", "")));
    }
    String of = only.isEmpty() ? "tasks" : only;
    int samples = root.count();
    String head =
        samples == 0
            ? (ran == 0 ? "No " + of + " ran" : "The " + of + " did not compute")
                + " in these "
                + Amounts.duration(nanos)
                + (ran == 0 ? "" : ": they ran for " + Amounts.duration(ran) + " and waited")
            : "%s samples of %s on %d %s in %s, in which they ran for %s · %s"
                .formatted(
                    Amounts.count(samples),
                    of,
                    profiles.size(),
                    profiles.size() == 1 ? "worker" : "workers",
                    Amounts.duration(nanos),
                    Amounts.duration(ran),
                    String.join(", ", sources));
    return new Profile(head, all, root, hottest(hot));
  }

  private static void add(
      TaskProfile.Sampled sampled, FlameNode root, Map<Place, Integer> hot, CellFrames frames) {
    int count = sampled.count();
    List<StackTraceElement> shown = frames.shown(sampled.frames());
    FlameNode node = root.add(count).child(sampled.function(), FlameNode.Kind.TASK).add(count);
    for (StackTraceElement frame : shown.reversed()) {
      boolean cell = CellFrames.isCell(frame);
      String label = CellFrames.method(frame);
      if (cell && !label.equals(frame.getFileName())) {
        label += " (" + frame.getFileName() + ")";
      }
      FlameNode.Kind kind = cell ? FlameNode.Kind.CELL : FlameNode.Kind.OTHER;
      node = node.child(label, kind).add(count);
    }
    if (shown.isEmpty()) {
      node.child("Ray: values and code", FlameNode.Kind.OTHER).add(count);
    }
    hot.merge(place(sampled, shown, frames), count, Integer::sum);
  }

  /** The innermost line of a cell; the innermost method if there is no cell in it. */
  private static Place place(
      TaskProfile.Sampled sampled, List<StackTraceElement> shown, CellFrames frames) {
    return shown.stream()
        .filter(CellFrames::isCell)
        .findFirst()
        .or(() ->
            shown.stream()
                .filter(each -> !CellFrames.isJdk(each))
                .findFirst()
                .or(() -> shown.stream().findFirst()))
        .map(
            each -> new Place(CellFrames.method(each), CellFrames.place(each), frames.source(each)))
        .orElseGet(() -> new Place(sampled.function(), "Ray: values and code", ""));
  }

  private static List<Hot> hottest(Map<Place, Integer> places) {
    return places.entrySet().stream()
        .map(each ->
            new Hot(
                each.getKey().method, each.getKey().place, each.getKey().source, each.getValue()))
        .sorted(Comparator.comparingInt(Hot::count).reversed())
        .limit(MOST_HOT)
        .toList();
  }
}
