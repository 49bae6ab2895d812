package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %ray kill}: ends workers. */
@Command(header = "kills workers; what they run is run again, as after a crash")
final class KillCommand extends RayCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "WORKER",
      description = "processes or names of workers, see %%ray workers")
  private List<String> names;

  @Override
  MagicResult run(MagicCall call) throws MagicException {
    ClusterView view = ownWorkers("%ray kill");
    List<WorkerInfo> workers = new ArrayList<>();
    for (String name : names) {
      WorkerInfo worker = WorkerNames.get(view, name);
      if (!WorkerNames.lives(worker)) {
        throw new MagicException(
            worker.pid() == 0 && worker.exit() == null
                ? "the worker just starts and has no process yet: " + name
                : "the worker has ended before: " + name + ", " + worker.exit());
      }
      workers.add(worker);
    }
    for (WorkerInfo worker : workers) {
      String ran = ran(view, worker);
      boolean killed = inspector().kill(worker.pid(), "killed by %ray kill");
      call.println(
          "worker %d (%s) %s; %s"
              .formatted(
                  worker.pid(), worker.workerId(), killed ? "is killed" : "has just ended", ran));
    }
    return MagicResult.done();
  }

  private static String ran(ClusterView view, WorkerInfo worker) {
    List<TaskInfo> tasks =
        view.tasks().stream()
            .filter(task -> task.state() == TaskState.RUNNING && task.workerPid() == worker.pid())
            .toList();
    return tasks.isEmpty()
        ? "it ran nothing"
        : tasks.stream().map(KillCommand::fate).collect(Collectors.joining(", ", "it ran ", ""));
  }

  private static String fate(TaskInfo task) {
    boolean again = task.maxRetries() < 0 || task.attempt() <= task.maxRetries();
    return task.function()
        + (task.cell() == null ? "" : " of " + task.cell())
        + (again
            ? ", which runs again (attempt " + (task.attempt() + 1) + ")"
            : ", which fails: no try is left");
  }

  @Override
  List<String> words(ClusterView view) {
    return WorkerNames.pids(view).toList();
  }
}
