package org.rayshell.kernel.bridge;

import org.rayshell.RayContext;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.dashboard.DashboardLinks;
import org.rayshell.runtime.view.ClusterInfo;
import org.rayshell.runtime.view.ClusterView;

/** What {@code Ray.init()} returned: where the session is and what it has, until it ends. */
final class ContextFragment implements Fragment {
  private final RayContext context;
  private final String text;

  ContextFragment(RayContext context) {
    this.context = context;
    this.text = context.toString();
  }

  @Override
  public String displayId() {
    // What one cell started, another only found running: each says so.
    return "ray-" + context.view().sessionName() + (context.attached() ? "-attached" : "");
  }

  @Override
  public boolean isFinal() {
    return !context.view().isRunning();
  }

  @Override
  public long version() {
    return isFinal() ? 1 : 0;
  }

  @Override
  public boolean changesByCells() {
    return true;
  }

  @Override
  public MimeBundle draw(boolean kernelEnds) {
    return MimeBundle.html(html(kernelEnds, ""), text);
  }

  /**
   * The session as HTML.
   *
   * @param more a line that is said below, as HTML; may be empty
   */
  String html(boolean kernelEnds, String more) {
    ClusterView view = context.view();
    boolean running = view.isRunning() && !kernelEnds;
    String dashboard =
        view.dashboardUrl()
            .map(DashboardLinks::of)
            .map(link -> Html.dashboard(link.overview()))
            .orElse(Html.muted("no dashboard"));
    String state =
        running
            ? "<span style=\"color:#009E73\">●</span> <b>"
                + (context.attached() ? "Ray was already running" : "Ray is running")
                + "</b>"
                + view.cluster().map(ContextFragment::cluster).orElse("")
                + " &ensp; "
                + dashboard
                + " "
                + Html.muted("&ensp; Ray.shutdown() stops it")
            : "<span style=\"color:#808080\">○</span> <b>Ray is stopped</b>, " + ran(view);
    double cpus = view.totalResources().getOrDefault("CPU", 0.0);
    boolean here = view.cluster().isEmpty();
    String heads =
        head("Java")
            + head(here ? "Workers" : "CPUs")
            + head("Memory")
            + head("Object store")
            + head("Process")
            + head("Session");
    String values =
        value(
                Runtime.version().version().stream()
                    .map(String::valueOf)
                    .reduce((a, b) -> a + "." + b)
                    .orElse(""))
            + value(Amounts.count(cpus) + (here ? " (1 CPU each)" : ""))
            + value(Amounts.bytes(view.totalResources().getOrDefault("memory", 0.0)))
            + value(Amounts.bytes(view.totalResources().getOrDefault("object_store_memory", 0.0)))
            + value("pid " + view.driverPid())
            + value(Html.escape(view.sessionName()));
    String note = view.dashboardNote().map(Html::escape).map(Html::muted).orElse("");
    String html =
        "<div style=\"border-left:3px solid "
            + (running ? "#009E73" : "#808080")
            + ";padding:2px 0 2px 12px\"><div style=\"margin-bottom:4px\">"
            + state
            + "</div><table style=\"table-layout:auto;border-collapse:collapse;margin:0\"><tbody>"
            + row(heads)
            + row(values)
            + "</tbody></table>"
            + note
            + (more.isEmpty() ? "" : "<div style=\"margin-top:4px\">" + more + "</div>")
            + "</div>";
    return Html.fragment(html);
  }

  private static String cluster(ClusterInfo cluster) {
    String name = "Ray " + cluster.version() + " cluster at " + cluster.address();
    String link =
        cluster
            .dashboard()
            .map(url -> " &ensp; " + Html.link("", url, "Ray's dashboard ↗"))
            .orElse("");
    return " on the " + Html.escape(name) + link;
  }

  private static String ran(ClusterView view) {
    long tasks = view.tasks().size() + view.tasksDropped();
    return Amounts.count(tasks) + (tasks == 1 ? " task ran" : " tasks ran");
  }

  /** Closer together than those of tables. */
  private static String row(String cells) {
    return "<tr style=\"background:none\">" + cells + "</tr>";
  }

  private static String head(String text) {
    return "<td style=\"text-align:left;padding:0 24px 0"
        + " 0;white-space:nowrap;font-size:11px;opacity:.68\">"
        + text
        + "</td>";
  }

  private static String value(String html) {
    return "<td style=\"text-align:left;padding:0 24px 0 0;white-space:nowrap\">" + html + "</td>";
  }
}
