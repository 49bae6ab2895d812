package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.Optional;
import org.rayshell.NodeInfo;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * The machines of the cluster, a row each, and the workers at the moment they were asked for.
 *
 * @param workers that live
 */
record NodesFragment(List<NodeInfo> nodes, List<WorkerInfo> workers) implements Fragment {
  private static final int MOST = 50;

  /** Empty if the value is not a list of machines. */
  static Optional<Fragment> of(Object value, ClusterView view) {
    if (value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(NodeInfo.class::isInstance)) {
      List<NodeInfo> nodes = list.stream().map(NodeInfo.class::cast).toList();
      return Optional.of(new NodesFragment(nodes, WorkerRows.alive(view)));
    }
    return Optional.empty();
  }

  @Override
  public String displayId() {
    return "ray-nodes-" + Integer.toHexString(nodes.hashCode());
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
    for (NodeInfo each : nodes.subList(0, Math.min(MOST, nodes.size()))) {
      rows.append(
          Html.tr(
              Html.td(
                      false,
                      "<code style=\"background:none;padding:0\">"
                          + Html.escape(
                              each.nodeId().substring(0, Math.min(8, each.nodeId().length())))
                          + "</code>")
                  + Html.td(false, Html.escape(each.address()))
                  + Html.td(
                      false,
                      each.alive()
                          ? "<span style=\"color:#009E73\">●</span> alive"
                          : "<span style=\"color:#D55E00\">✕</span> dead")
                  + Html.td(true, Amounts.count(each.resources().getOrDefault("CPU", 0.0)))
                  + Html.td(true, Amounts.bytes(each.resources().getOrDefault("memory", 0.0)))
                  + Html.td(
                      true,
                      Amounts.bytes(each.resources().getOrDefault("object_store_memory", 0.0)))
                  + Html.td(true, String.valueOf(each.workers()))));
    }
    String head =
        Html.th(false, "node")
            + Html.th(false, "address")
            + Html.th(false, "state")
            + Html.th(true, "CPU")
            + Html.th(true, "memory")
            + Html.th(true, "object store")
            + Html.th(true, "workers");
    String html = Html.table(head, rows.toString()) + WorkerRows.details(workers);
    return MimeBundle.html(Html.fragment(html), nodes.toString());
  }
}
