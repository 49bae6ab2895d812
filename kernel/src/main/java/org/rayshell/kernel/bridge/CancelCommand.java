package org.rayshell.kernel.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %ray cancel}: ends tasks, all or by name. */
@Command(header = "ends all tasks that run or wait, or those that are named")
final class CancelCommand extends RayCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "FUNCTION|ID",
      description = "names of functions, or beginnings of refs' ids")
  private List<String> names = List.of();

  @Option(names = "--force", description = "kills the workers of those that run")
  private boolean force;

  @Override
  MagicResult run(MagicCall call) throws MagicException {
    ClusterView view = view();
    Predicate<TaskInfo> chosen = names.isEmpty() ? _ -> true : _ -> false;
    for (String name : names) {
      // An error if there is none such.
      TaskNames.among(TaskNames.live(view), name, "runs or waits");
      chosen = chosen.or(TaskNames.of(name));
    }
    call.println(cancel(chosen));
    return MagicResult.done();
  }

  private String cancel(Predicate<TaskInfo> chosen) {
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

  @Override
  List<String> words(ClusterView view) {
    return TaskNames.words(view, true).toList();
  }
}
