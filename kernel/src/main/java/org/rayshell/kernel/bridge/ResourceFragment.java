package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Map;
import org.rayshell.NodeInfo;
import org.rayshell.ResourceMap;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;

/** Resources of the cluster as bars, at the moment they were asked for. */
final class ResourceFragment implements Fragment {
  private static final double NEARLY_FULL = 0.9;

  private final ResourceMap map;
  private final ClusterView view;
  private final Map<String, Double> total;
  private final Map<String, Double> free;
  private final List<WorkerInfo> workers;

  ResourceFragment(ResourceMap map, ClusterView view) {
    this.map = map;
    this.view = view;
    this.total = map.free() ? view.totalResources() : map;
    this.free = map.free() ? map : view.availableResources();
    this.workers = WorkerRows.alive(view);
  }

  @Override
  public String displayId() {
    return "ray-resources-" + Integer.toHexString(System.identityHashCode(this));
  }

  @Override
  public boolean isFinal() {
    return true;
  }

  @Override
  public long version() {
    return 0;
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    StringBuilder rows = new StringBuilder();
    total.forEach((name, amount) -> {
      if (!name.startsWith("node:")) {
        rows.append(row(name, amount, free.getOrDefault(name, 0.0)));
      }
    });
    String title = "<b>Ray cluster</b> &ensp; " + Html.muted(Html.escape(size()));
    String link =
        view.dashboardUrl()
            .map(url -> Html.dashboard(DashboardLinks.of(url).overview()))
            .orElse("");
    String html =
        "<div style=\"display:flex;justify-content:space-between;flex-wrap:wrap;border-bottom:1px"
            + " solid "
            + Html.LINE
            + ";padding-bottom:4px;margin-bottom:4px\"><div>"
            + title
            + "</div><div>"
            + link
            + "</div></div>"
            + Html.table("", rows.toString())
            + WorkerRows.details(workers);
    return MimeBundle.html(
        Html.fragment("<div style=\"max-width:640px\">" + html + "</div>"), map.toString());
  }

  /** The workers of another cluster are not the session's to count. */
  private String size() {
    long nodes = view.nodes().stream().filter(NodeInfo::alive).count();
    return Amounts.count(nodes)
        + (nodes == 1 ? " node, " : " nodes, ")
        + view.cluster()
            .map(cluster -> "Ray " + cluster.version())
            .orElseGet(() -> WorkerRows.count(workers) + ", Java " + Runtime.version().feature());
  }

  private String row(String name, double amount, double left) {
    boolean store = name.equals("object_store_memory");
    boolean memory = name.equals("memory") || store;
    // Tasks ask for a share of the memory; the store has what is in it.
    long spilled = store ? view.spilledBytes() : 0;
    double used = Math.max(store ? view.storedBytes() - spilled : 0, amount - left);
    boolean full = amount > 0 && used / amount > NEARLY_FULL;
    String word = !full ? "" : memory || used < amount ? ", nearly full" : ", all in use";
    String first = amount(memory, map.free() ? Math.max(0, amount - used) : used);
    String text =
        "<b>" + first + "</b>" + (map.free() ? " free of " : " of ") + amount(memory, amount);
    return Html.tr(
        "<th scope=\"row\" style=\"text-align:left;font-weight:400;padding:4px 14px 4px"
            + " 0;white-space:nowrap\">"
            + Html.escape(label(name))
            + "</th><td style=\"width:55%;padding:4px 14px 4px 0;min-width:60px\"><div"
            + " style=\"height:10px;border-radius:5px;overflow:hidden;background-color:rgba(128,128,128,.18)\"><div"
            + " style=\"width:"
            + Html.share(used, amount)
            + ";height:10px;background-color:"
            // What can run out is shown as a danger; that all CPUs work is what they are for.
            + (full && memory ? Shown.FAILED.colour : Shown.RUNNING.colour)
            + "\"></div>"
            + Html.blocks(0, amount <= 0 ? 0 : used / amount, true)
            + "</div></td>"
            + Html.td(true, text)
            + Html.td(
                true,
                Html.muted(
                        Amounts.percent(used, amount)
                            + (memory && !store ? " reserved" : " used")
                            + (spilled > 0 ? ", " + Amounts.bytes(spilled) + " on disk" : ""))
                    + word));
  }

  private static String amount(boolean memory, double value) {
    return memory ? Amounts.bytes(value) : Amounts.count(value);
  }

  private static String label(String name) {
    return switch (name) {
      case "CPU" -> "CPU slots";
      case "memory" -> "Memory";
      case "object_store_memory" -> "Object store";
      default -> name;
    };
  }
}
