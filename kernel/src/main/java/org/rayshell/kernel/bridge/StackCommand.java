package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %ray stack}: where the tasks that run are just now. */
@Command(header = "where the tasks that run are just now, in lines of cells")
final class StackCommand extends RayCommand {
  private static final long PATIENCE_NS = 2_000_000_000L;

  /** So many workers at most. */
  private static final int MOST = 32;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK|WORKER",
      description = "a function, the beginning of a ref's id, or a worker; all if none is named")
  private String of;

  private boolean byWorker;
  private final StackTexts texts;

  StackCommand(CellFrames frames) {
    this.texts = new StackTexts(frames);
  }

  @Override
  MagicResult run(MagicCall call) throws Exception {
    ClusterView view = ownWorkers("%ray stack");
    Inspector inspector = inspector();
    List<Long> pids = pids(view);
    Map<Long, CompletableFuture<TaskStack>> asked = new LinkedHashMap<>();
    pids.stream().limit(MOST).forEach(pid -> asked.put(pid, inspector.stack(pid)));
    long until = System.nanoTime() + PATIENCE_NS;
    List<String> html = new ArrayList<>();
    List<String> text = new ArrayList<>();
    for (Map.Entry<Long, CompletableFuture<TaskStack>> each : asked.entrySet()) {
      long pid = each.getKey();
      TaskStack stack = answer(each.getValue(), until);
      if (stack == null) {
        html.add(Html.escape(silent(pid, view)));
        text.add(silent(pid, view));
      } else if (isWanted(stack)) {
        html.add(texts.html(pid, stack, view.now()));
        text.add(texts.text(pid, stack, view.now()));
      }
    }
    if (text.isEmpty()) {
      html.add("no task runs");
      text.add("no task runs");
    }
    if (pids.size() > MOST) {
      String more = (pids.size() - MOST) + " more workers run tasks; name one";
      html.add(Html.muted(more));
      text.add(more);
    }
    return show(call, Html.fragment(String.join("", html)), String.join("\n\n", text));
  }

  /** Those tasks that a worker has; it may have another one before them. */
  private static List<TaskInfo> sent(ClusterView view) {
    return TaskNames.live(view).stream().filter(task -> task.workerPid() != 0).toList();
  }

  private List<Long> pids(ClusterView view) throws MagicException {
    WorkerInfo worker = of == null ? null : WorkerNames.find(view, of).orElse(null);
    if (worker != null) {
      if (!WorkerNames.lives(worker)) {
        throw new MagicException("the worker has ended: " + of + ", " + worker.exit());
      }
      byWorker = true;
      return List.of(worker.pid());
    }
    List<TaskInfo> wanted =
        of == null
            ? sent(view)
            : TaskNames.among(sent(view), of, "runs, and no worker has that name");
    return wanted.stream().map(TaskInfo::workerPid).distinct().toList();
  }

  private boolean isWanted(TaskStack stack) {
    if (of == null || byWorker) {
      return byWorker || stack.taskId() != null;
    }
    return stack.taskId() != null
        && (of.equals(stack.function())
            || of.startsWith(stack.taskId())
            || stack.taskId().startsWith(of));
  }

  private static String silent(long pid, ClusterView view) {
    String runs =
        view.workers().stream()
            .filter(each -> each.pid() == pid)
            .map(WorkerInfo::currentTask)
            .filter(Objects::nonNull)
            .findFirst()
            .map(task -> ", which runs " + Html.cut(task) + ",")
            .orElse("");
    return "worker "
        + pid
        + runs
        + " did not answer within "
        + Amounts.duration(PATIENCE_NS)
        + (ProcStatus.isStopped(pid)
            ? ": its process is stopped (SIGSTOP, or a debugger); kill -CONT "
                + pid
                + " lets it go on, %ray kill "
                + pid
                + " ends it"
            : ": it is very busy, or has just ended");
  }

  @Override
  List<String> words(ClusterView view) {
    List<TaskInfo> running = sent(view);
    List<String> words =
        new ArrayList<>(running.stream().map(TaskInfo::function).distinct().sorted().toList());
    running.forEach(task -> words.add(task.objectId().substring(0, 8)));
    WorkerNames.pids(view).forEach(words::add);
    return words;
  }
}
