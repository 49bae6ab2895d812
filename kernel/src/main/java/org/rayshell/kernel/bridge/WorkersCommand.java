package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rayshell.RuntimeEnv;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %ray workers}: the session's worker processes. */
@Command(header = "the workers: what each does, how busy it was, CPU, memory, uptime")
final class WorkersCommand extends RayCommand {
  @Option(names = "--all", description = "also the last that have ended, and how")
  private boolean all;

  @Override
  MagicResult run(MagicCall call) throws Exception {
    ClusterView view = view();
    Map<Long, RuntimeEnv> environments = inspector().environments();
    Sheet sheet =
        new Sheet()
            .number("worker")
            .text("")
            .text("state")
            .text("task")
            .number("busy")
            .number("CPU")
            .number("memory")
            .number("tasks")
            .number("uptime")
            .words("runtimeEnv");
    Map<Long, List<TaskInfo>> running =
        view.tasks().stream()
            .filter(task -> task.state() == TaskState.RUNNING)
            .collect(Collectors.groupingBy(TaskInfo::workerPid));
    int ended = 0;
    for (WorkerInfo worker : view.workers()) {
      if (worker.state() == WorkerInfo.State.DEAD && !all) {
        ended++;
      } else {
        row(
            sheet,
            worker,
            running.getOrDefault(worker.pid(), List.of()),
            view.now(),
            environments.get(worker.pid()));
      }
    }
    String rest = ended == 0 ? "" : ended + " have ended (%ray workers --all)";
    return show(
        call,
        Html.fragment(sheet.html() + Html.muted(Html.escape(rest))),
        (sheet.text() + "\n" + rest).strip());
  }

  private static void row(
      Sheet sheet, WorkerInfo worker, List<TaskInfo> running, long now, RuntimeEnv env) {
    long up = Math.max(1, (worker.ended() != 0 ? worker.ended() : now) - worker.started());
    long busy = worker.busyNs() + running.stream().mapToLong(task -> task.ranNs(now)).sum();
    long cpu = worker.cpuNs() + running.stream().mapToLong(TaskInfo::cpuNs).sum();
    boolean lives = WorkerNames.lives(worker);
    long memory = lives ? ProcStatus.residentBytes(worker.pid()) : -1;
    sheet.row(
        worker.pid() == 0 ? Sheet.NONE : Sheet.of(String.valueOf(worker.pid())),
        Sheet.of(worker.workerId()),
        state(worker, lives),
        worker.currentTask() == null ? Sheet.NONE : Sheet.of(Html.cut(worker.currentTask())),
        Sheet.of(Amounts.percent(Math.min(busy, up), up)),
        Sheet.of(Amounts.duration(cpu)),
        memory < 0 ? Sheet.NONE : Sheet.of(Amounts.bytes(memory)),
        Sheet.of(Amounts.count(worker.tasksDone())),
        Sheet.of(Amounts.duration(up)),
        lives ? Sheet.of(kind(env)) : Sheet.NONE);
  }

  private static Sheet.Field state(WorkerInfo worker, boolean lives) {
    String word = worker.state().name().toLowerCase(Locale.ROOT);
    if (lives && ProcStatus.isStopped(worker.pid())) {
      return mark("⊘", "#D55E00", "stopped (SIGSTOP)");
    }
    return switch (worker.state()) {
      case RUNNING -> mark("◐", "#1f83c4", word);
      case BLOCKED -> mark("◐", "#808080", "blocked in Ray.get");
      case STARTING, IDLE -> mark("○", "#808080", word);
      case DEAD ->
          mark("✕", "#D55E00", worker.exit() == null ? "just ended" : Html.cut(worker.exit()));
    };
  }

  private static Sheet.Field mark(String glyph, String colour, String word) {
    return new Sheet.Field(
        glyph + " " + word,
        "<span style=\"color:" + colour + "\">" + glyph + "</span> " + Html.escape(word));
  }

  /** What its tasks' runtimeEnv has; no values, which may be secrets. */
  private static String kind(RuntimeEnv env) {
    if (env == null || env.isEmpty()) {
      return "plain";
    }
    List<String> parts = new ArrayList<>(env.env().keySet());
    parts.addAll(env.jvmOptions());
    return Html.cut(String.join(" ", parts));
  }
}
