package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;

/** {@code %ray cancel}: ends tasks, all or by name. */
final class CancelCommand {
  static final String FORCE = "--force";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,56}");

  private CancelCommand() {}

  /**
   * Cancels what the words name.
   *
   * @param words functions and beginnings of ids; none for all tasks
   * @return what was done, for people
   * @throws MagicException if a word names no task that has not ended
   */
  static String run(ClusterView view, List<String> words) throws MagicException {
    boolean force = words.contains(FORCE);
    List<String> wanted = words.stream().filter(word -> !word.equals(FORCE)).toList();
    Predicate<TaskInfo> chosen = wanted.isEmpty() ? _ -> true : none();
    for (String word : wanted) {
      if (word.startsWith("-")) {
        throw new MagicException(
            "%ray cancel does not know " + word + "; it has " + FORCE + " alone");
      }
      chosen = chosen.or(named(view, word));
    }
    List<TaskInfo> tasks = Runtimes.cancel(chosen, force);
    if (tasks.isEmpty()) {
      return "no task runs or waits";
    }
    Map<String, Long> counts =
        tasks.stream()
            .collect(
                Collectors.groupingBy(
                    TaskInfo::function, LinkedHashMap::new, Collectors.counting()));
    String list =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " × " + each.getKey())
            .collect(Collectors.joining(", "));
    return "cancelled "
        + (tasks.size() == 1 ? "a task: " : tasks.size() + " tasks: ")
        + list
        + (force ? "; the workers of those that ran are killed" : "");
  }

  private static Predicate<TaskInfo> none() {
    return _ -> false;
  }

  private static Predicate<TaskInfo> named(ClusterView view, String word) throws MagicException {
    Predicate<TaskInfo> function = task -> task.function().equals(word);
    Predicate<TaskInfo> id = task -> ID.matcher(word).matches() && task.objectId().startsWith(word);
    List<TaskInfo> live = live(view).toList();
    if (live.stream().anyMatch(function)) {
      return function;
    }
    if (live.stream().anyMatch(id)) {
      return id;
    }
    List<String> functions = functions(view);
    List<String> near = Magics.near(word, functions);
    throw new MagicException(
        "no task of that function or id runs or waits: "
            + word
            + (functions.isEmpty()
                ? "; there is none at all"
                : near.isEmpty()
                    ? "; there are " + String.join(", ", functions)
                    : "; did you mean " + String.join(" or ", near) + "?"));
  }

  private static Stream<TaskInfo> live(ClusterView view) {
    return view.tasks().stream().filter(task -> !task.state().isTerminal());
  }

  private static List<String> functions(ClusterView view) {
    return live(view).map(TaskInfo::function).distinct().sorted().toList();
  }

  /** What may be written next: functions that run or wait, their tasks' ids, and the option. */
  static List<String> words(ClusterView view) {
    List<String> words = new ArrayList<>(functions(view));
    words.add(FORCE);
    live(view).map(task -> task.objectId().substring(0, 8)).forEach(words::add);
    return words;
  }
}
