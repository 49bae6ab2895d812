package org.rayshell.runtime.view;

import java.util.List;

/**
 * Where a worker's tasks were when they were looked at, time and again; immutable.
 *
 * @param source what looked, such as {@code Flight Recorder}
 * @param note why it was not that one which was wanted; empty if it was
 * @param periodNs time between two looks
 * @param ranNs how long tasks ran meanwhile, those alone that were asked for
 * @param left how many samples are in no stack, since there were too many different ones
 * @param stacks the most frequent first
 */
public record TaskProfile(
    String source, String note, long periodNs, long ranNs, int left, List<Sampled> stacks) {
  /**
   * A stack that was met so many times.
   *
   * @param function of the task
   * @param frames innermost first, with those of the worker below the task
   */
  public record Sampled(String function, int count, List<StackTraceElement> frames) {}

  /** How many samples there are. */
  public int samples() {
    return left + stacks.stream().mapToInt(Sampled::count).sum();
  }
}
