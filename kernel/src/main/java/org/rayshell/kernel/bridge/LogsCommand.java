package org.rayshell.kernel.bridge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %ray logs}: the end of what workers printed. */
@Command(header = "the end of a worker's log, or of all")
final class LogsCommand extends RayCommand {
  private static final int MOST = 10_000;

  /** A fragment has 40 kB at most. */
  private static final int MOST_HTML_CHARS = 24_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORKER|TASK",
      description = "a worker's process or name, or a task, for the log of the worker that ran it")
  private String of;

  @Option(
      names = "--tail",
      paramLabel = "N",
      defaultValue = "20",
      description = "so many lines of each log; 20 by default")
  private int tail;

  @Option(names = "--err", description = "what was printed to stderr, and what the JVM said")
  private boolean err;

  private final CellFrames frames;

  LogsCommand(CellFrames frames) {
    this.frames = frames;
  }

  /** One log's end. */
  private record Log(String title, List<String> lines) {}

  @Override
  MagicResult run(MagicCall call) throws Exception {
    if (tail < 1 || tail > MOST) {
      throw new MagicException("%ray logs shows 1 to " + MOST + " lines: --tail=" + tail);
    }
    ClusterView view = ownWorkers("%ray logs");
    List<Log> logs = new ArrayList<>();
    for (WorkerInfo worker : workers(view)) {
      for (Path file : files(view.sessionDir().resolve("logs"), worker.workerId())) {
        List<String> lines = LogTail.of(file, tail).stream().map(LogsCommand::plain).toList();
        lines = frames.translate(String.join("\n", lines)).lines().toList();
        if (!lines.isEmpty() || of != null) {
          logs.add(new Log(title(worker, file), lines));
        }
      }
    }
    if (logs.isEmpty()) {
      logs.add(
          new Log("no worker has printed anything to " + (err ? "stderr" : "stdout"), List.of()));
    }
    return show(call, html(logs), text(logs));
  }

  private List<WorkerInfo> workers(ClusterView view) throws MagicException {
    if (of == null) {
      return view.workers();
    }
    WorkerInfo worker = WorkerNames.find(view, of).orElse(null);
    if (worker != null) {
      return List.of(worker);
    }
    long pid = TaskNames.latest(view, of).workerPid();
    if (pid == 0) {
      throw new MagicException("the task has not begun, so no worker has a log of it: " + of);
    }
    return List.of(WorkerNames.get(view, String.valueOf(pid)));
  }

  private List<Path> files(Path folder, String worker) {
    return Stream.of(err ? new String[] {".err", ".jvm"} : new String[] {".out"})
        .map(ending -> folder.resolve(worker + ending))
        .filter(Files::exists)
        .toList();
  }

  private static String title(WorkerInfo worker, Path file) {
    return "worker "
        + worker.pid()
        + " ("
        + worker.workerId()
        + ")"
        + (worker.exit() == null ? "" : ", ended: " + worker.exit())
        + " · "
        + file.getFileName();
  }

  /** Without colours and the like. */
  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[\\d;?]*[A-Za-z]", "");
  }

  private static String text(List<Log> logs) {
    StringBuilder text = new StringBuilder();
    for (Log log : logs) {
      text.append(log.title).append('\n');
      log.lines.forEach(line -> text.append("  ").append(line).append('\n'));
      if (log.lines.isEmpty() && logs.size() > 1) {
        text.append("  (empty)\n");
      }
    }
    return text.toString().stripTrailing();
  }

  private static String html(List<Log> logs) {
    int each = MOST_HTML_CHARS / logs.size();
    StringBuilder html = new StringBuilder();
    for (Log log : logs) {
      html.append("<div><b>").append(Html.escape(Html.cut(log.title))).append("</b></div>");
      String lines = String.join("\n", log.lines);
      int from = Math.max(0, lines.length() - each);
      html.append("<div style=\"margin:0 0 6px 0;padding:2px 8px;background-color:")
          .append(Html.TRACK)
          .append("\">")
          .append(
              log.lines.isEmpty()
                  ? Html.muted("empty")
                  : HelpCommand.block((from > 0 ? "…" : "") + lines.substring(from)))
          .append("</div>");
    }
    return Html.fragment(html.toString());
  }

  @Override
  List<String> words(ClusterView view) {
    return Stream.concat(WorkerNames.pids(view), TaskNames.words(view, false)).toList();
  }
}
