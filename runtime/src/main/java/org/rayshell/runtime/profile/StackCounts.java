package org.rayshell.runtime.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.runtime.view.TaskProfile;

/** How often each stack of the wanted tasks was met. For one thread. */
final class StackCounts implements Sampler.Sink {
  /** So many different stacks are told, the most frequent. */
  private static final int MOST_STACKS = 1_000;

  private record Stack(String function, List<StackTraceElement> frames) {}

  private final TaskSpans wanted;
  private final Map<Stack, Integer> counts = new HashMap<>();
  private long ranNs;

  StackCounts(TaskSpans wanted) {
    this.wanted = wanted;
  }

  @Override
  public void seen(long at, List<StackTraceElement> frames) {
    String function = wanted.at(at);
    if (function != null) {
      counts.merge(new Stack(function, frames), 1, Integer::sum);
    }
  }

  @Override
  public void looked(long from, long to) {
    ranNs = wanted.ranNs(from, to);
  }

  TaskProfile profile(Sampler by, String note) {
    List<TaskProfile.Sampled> all =
        counts.entrySet().stream()
            .map(each ->
                new TaskProfile.Sampled(
                    each.getKey().function, each.getValue(), each.getKey().frames))
            .sorted(Comparator.comparingInt(TaskProfile.Sampled::count).reversed())
            .toList();
    int told = Math.min(MOST_STACKS, all.size());
    int left = all.subList(told, all.size()).stream().mapToInt(TaskProfile.Sampled::count).sum();
    return new TaskProfile(by.name(), note, by.periodNs(), ranNs, left, all.subList(0, told));
  }
}
