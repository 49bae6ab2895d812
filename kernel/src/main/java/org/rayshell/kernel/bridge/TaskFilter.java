package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Option;

/** Which tasks are wanted, as options of a command. For one thread. */
final class TaskFilter {
  static final String STATE = "--state";
  static final String FUNCTION = "--function";
  static final String CELL = "--cell";
  static final String WORKER = "--worker";

  private static final List<Shown> STATES =
      List.of(
          Shown.QUEUED,
          Shown.RUNNING,
          Shown.FINISHED,
          Shown.FAILED,
          Shown.CANCELLED,
          Shown.RETRYING);

  @Option(
      names = STATE,
      paramLabel = "STATE",
      description = "queued, running, finished, failed, cancelled or retrying, or a name of Ray's")
  private String state;

  @Option(names = FUNCTION, paramLabel = "NAME", description = "of that function")
  private String function;

  @Option(names = CELL, paramLabel = "N", description = "submitted by that cell, In [N]")
  private String cell;

  @Option(names = WORKER, paramLabel = "WORKER", description = "that ran or run in that worker")
  private String worker;

  boolean isEmpty() {
    return state == null && function == null && cell == null && worker == null;
  }

  /**
   * Whether a task is wanted.
   *
   * @throws MagicException if there can be none such
   */
  Predicate<TaskInfo> wanted(ClusterView view) throws MagicException {
    Predicate<TaskInfo> wanted = ofState();
    if (function != null) {
      List<String> functions = functions(view);
      if (!functions.contains(function)) {
        throw new MagicException(
            "no task of that function is known: " + function + meant(function, functions));
      }
      wanted = wanted.and(task -> task.function().equals(function));
    }
    if (cell != null) {
      String label = label(cell);
      wanted = wanted.and(task -> Objects.equals(task.cell(), label));
    }
    if (worker != null) {
      WorkerInfo of = WorkerNames.get(view, worker);
      wanted = wanted.and(task -> task.workerPid() == of.pid());
    }
    return wanted;
  }

  private Predicate<TaskInfo> ofState() throws MagicException {
    if (state == null) {
      return _ -> true;
    }
    for (Shown each : STATES) {
      if (each.word.equalsIgnoreCase(state)) {
        return task -> Shown.of(task) == each;
      }
    }
    for (TaskState each : TaskState.values()) {
      if (each.name().equalsIgnoreCase(state)) {
        return task -> task.state() == each;
      }
    }
    throw new MagicException("no state of tasks: " + state + meant(state, states()));
  }

  private static String meant(String word, List<String> known) {
    List<String> near = Magics.near(word.toLowerCase(Locale.ROOT), known);
    return near.isEmpty()
        ? known.isEmpty() ? "; there was none at all" : "; there are " + String.join(", ", known)
        : "; did you mean " + String.join(" or ", near) + "?";
  }

  private static String label(String cell) throws MagicException {
    String number = cell.replaceFirst("^In ?\\[(\\d+)]$", "$1");
    if (!number.matches("\\d{1,9}")) {
      throw new MagicException(CELL + " needs the number of a cell: " + CELL + "=" + cell);
    }
    return "In [" + number + "]";
  }

  static List<String> states() {
    return STATES.stream().map(each -> each.word).toList();
  }

  static List<String> functions(ClusterView view) {
    return view.tasks().stream().map(TaskInfo::function).distinct().sorted().toList();
  }

  /** What the value of that option may be. */
  static List<String> values(String option, ClusterView view) {
    return switch (option) {
      case STATE -> states();
      case FUNCTION -> functions(view);
      case CELL ->
          view.tasks().stream()
              .map(TaskInfo::cell)
              .filter(Objects::nonNull)
              .map(each -> each.replaceAll("\\D", ""))
              .distinct()
              .toList();
      case WORKER -> WorkerNames.pids(view).toList();
      default -> List.of();
    };
  }

  /** What was asked for, for people. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (String[] each :
        List.of(
            new String[] {"state", state},
            new String[] {"function", function},
            new String[] {"cell", cell},
            new String[] {"worker", worker})) {
      if (each[1] != null) {
        parts.add(String.join(" ", Arrays.asList(each)));
      }
    }
    return String.join(", ", parts);
  }
}
