package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Map;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code %ray tasks}: the latest tasks, and why those wait that wait. */
@Command(header = "the latest tasks: state, times, what went wrong, and why they wait")
final class TasksCommand extends RayCommand {
  private static final int MOST = 1_000;

  @Mixin private TaskFilter filter = new TaskFilter();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "so many at most, the latest; 20 by default")
  private int limit;

  @Override
  MagicResult run(MagicCall call) throws Exception {
    if (limit < 1 || limit > MOST) {
      throw new MagicException(
          "%ray tasks shows 1 to " + MOST + " tasks: --limit=" + limit + "; filters find others");
    }
    ClusterView view = view();
    long now = view.now();
    List<TaskInfo> found = view.tasks().stream().filter(filter.wanted(view)).toList();
    List<TaskInfo> latest =
        found.subList(Math.max(0, found.size() - limit), found.size()).reversed();
    Map<String, String> waits = WaitTexts.of(latest, view, inspector());
    Sheet sheet =
        TaskTable.of(latest, waits, view.dashboardUrl().map(DashboardLinks::of).orElse(null), now);
    String rest = rest(view, found.size());
    return show(
        call,
        Html.fragment(sheet.html() + Html.muted(Html.escape(rest))),
        (sheet.text() + "\n" + rest).strip());
  }

  private String rest(ClusterView view, int found) {
    long all = view.tasks().size() + view.tasksDropped();
    if (all == 0) {
      return "no tasks yet";
    }
    int left = Math.max(0, found - limit);
    if (!filter.isEmpty()) {
      return "%s of %s tasks: %s".formatted(Amounts.count(found), Amounts.count(all), filter)
          + (left == 0 ? "" : "; " + Amounts.count(left) + " older ones are not shown (--limit)");
    }
    long older = left + view.tasksDropped();
    return older == 0 ? "" : Amounts.count(older) + " older tasks are not shown";
  }

  @Override
  List<String> values(String option, ClusterView view) {
    return TaskFilter.values(option, view);
  }
}
