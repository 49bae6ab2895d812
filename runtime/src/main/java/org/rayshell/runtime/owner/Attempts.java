package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The tries of a task that have failed, the last few of them. Belongs to the loop. */
final class Attempts {
  private static final int KEPT = 5;

  private record Attempt(int number, long pid, String error) {
    @Override
    public String toString() {
      return number + (pid == 0 ? "" : " worker " + pid);
    }
  }

  private final List<Attempt> failed = new ArrayList<>();

  /** One more has failed. */
  void add(int number, long pid, String error) {
    if (failed.size() == KEPT) {
      failed.removeFirst();
    }
    failed.add(new Attempt(number, pid, error));
  }

  /**
   * {@code Attempts: 1 worker 24301, 2 worker 24302: same error}, or each with its own.
   *
   * @param number of the last one
   */
  String text(int number, long pid, String error) {
    List<Attempt> all = new ArrayList<>(failed);
    all.add(new Attempt(number, pid, error));
    boolean same = failed.stream().allMatch(each -> Objects.equals(each.error, error));
    List<String> parts =
        all.stream().map(each -> same ? each.toString() : each + ": " + each.error).toList();
    return "Attempts: "
        + (failed.getFirst().number > 1 ? "… " : "")
        + String.join(same ? ", " : "; ", parts)
        + (same ? ": same error" : "");
  }
}
