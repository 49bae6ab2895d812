package org.rayshell.runtime.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.FunctionInfo;
import org.rayshell.runtime.view.TaskTotals;

/**
 * {@code /api/v1/functions}: the tasks of each function together, those included that are no longer
 * listed. Thread-safe.
 */
final class FunctionList {
  private static final Map<String, Comparator<FunctionInfo>> ORDERS =
      new TreeMap<>(
          Map.of(
              "function", Comparator.comparing(FunctionInfo::function),
              "total", Comparator.comparingLong(each -> each.totals().total()),
              "failed", Comparator.comparingLong(each -> each.totals().failed()),
              "ran", Comparator.comparingLong(each -> each.totals().ranNs()),
              "median", Comparator.comparingLong(FunctionInfo::medianNs),
              "p95", Comparator.comparingLong(FunctionInfo::p95Ns),
              "cpu", Comparator.comparingDouble(FunctionList::cpuShare)));

  private final ClusterView view;

  FunctionList(ClusterView view) {
    this.view = view;
  }

  Object answer(Query query) {
    List<FunctionInfo> functions = new ArrayList<>(view.functions());
    String sort = query.given("sort");
    String wanted = sort == null ? "-ran" : sort;
    boolean falling = wanted.startsWith("-");
    Comparator<FunctionInfo> order = ORDERS.get(falling ? wanted.substring(1) : wanted);
    if (order == null) {
      throw new Query.BadRequest(
          "functions are sorted by one of "
              + String.join(", ", ORDERS.keySet())
              + ", falling with a - before it: sort="
              + sort);
    }
    functions.sort(falling ? order.reversed() : order);
    return Page.of("functions", functions, query, FunctionList::row);
  }

  private static double cpuShare(FunctionInfo function) {
    TaskTotals totals = function.totals();
    return totals.ranNs() == 0 ? 0 : Math.min(1, totals.cpuNs() / (double) totals.ranNs());
  }

  private static Object row(FunctionInfo function) {
    TaskTotals totals = function.totals();
    return Json.object(
        "function", Words.cut(function.function(), TaskRow.LONGEST_NAME),
        "total", totals.total(),
        "finished", totals.finished(),
        "running", totals.running(),
        "queued", totals.queued() + totals.retrying(),
        "failed", totals.failed(),
        "cancelled", totals.cancelled(),
        "medianNs", function.medianNs(),
        "p95Ns", function.p95Ns(),
        "ranNs", totals.ranNs(),
        "cpuNs", totals.cpuNs(),
        "cpuShare", cpuShare(function));
  }
}
