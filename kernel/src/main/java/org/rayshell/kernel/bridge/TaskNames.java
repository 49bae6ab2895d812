package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;

/** How people name tasks: by their function, or by the beginning of their id. */
final class TaskNames {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,56}");
  private static final int BRIEF = 8;

  private TaskNames() {}

  /** Whether a task has that name. */
  static Predicate<TaskInfo> of(String word) {
    boolean id = ID.matcher(word).matches();
    return task -> task.function().equals(word) || id && task.objectId().startsWith(word);
  }

  /**
   * Those of the tasks that have the name.
   *
   * @param what they are, for the error, such as {@code runs or waits}
   * @throws MagicException if there is none; names near ones
   */
  static List<TaskInfo> among(List<TaskInfo> tasks, String word, String what)
      throws MagicException {
    List<TaskInfo> named = tasks.stream().filter(of(word)).toList();
    if (!named.isEmpty()) {
      return named;
    }
    List<String> functions =
        tasks.stream().map(TaskInfo::function).distinct().sorted().limit(20).toList();
    List<String> near = Magics.near(word, functions);
    throw new MagicException(
        "no task of that function or id "
            + what
            + ": "
            + word
            + (functions.isEmpty()
                ? "; there are no such tasks at all"
                : near.isEmpty()
                    ? "; there are " + String.join(", ", functions)
                    : "; did you mean " + String.join(" or ", near) + "?"));
  }

  /** The latest task of that name, of those that are known. */
  static TaskInfo latest(ClusterView view, String word) throws MagicException {
    List<TaskInfo> named = among(view.tasks(), word, "is known, and no worker has that name");
    return named.stream().filter(task -> task.workerPid() != 0).toList().reversed().stream()
        .findFirst()
        .orElse(named.getLast());
  }

  static List<TaskInfo> live(ClusterView view) {
    return view.tasks().stream().filter(task -> !task.state().isTerminal()).toList();
  }

  /** Functions and the beginnings of ids, for completion. */
  static Stream<String> words(ClusterView view, boolean live) {
    List<TaskInfo> tasks = live ? live(view) : view.tasks();
    return Stream.concat(
        tasks.stream().map(TaskInfo::function).distinct().sorted(),
        tasks.reversed().stream().limit(100).map(task -> task.objectId().substring(0, BRIEF)));
  }
}
