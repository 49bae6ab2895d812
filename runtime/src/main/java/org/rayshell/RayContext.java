package org.rayshell;

import org.rayshell.runtime.view.ClusterView;

/**
 * What {@link Ray#init()} returns: the session that was started or attached to. In a notebook it
 * renders itself. Immutable.
 *
 * @param view for the runtime and its views: the session
 * @param attached whether it was already running
 */
public record RayContext(ClusterView view, boolean attached) {
  /** The dashboard's address; null if it is off. */
  public String dashboardUrl() {
    return view.dashboardUrl().orElse(null);
  }

  /**
   * {@code RayContext(dashboard=http://127.0.0.1:8265, workers=2, java=25.0.3)}; on a cluster its
   * address and version, and the CPUs of all its machines.
   */
  @Override
  public String toString() {
    return "RayContext(dashboard="
        + dashboardUrl()
        + view.cluster()
            .map(each -> ", cluster=" + each.address() + ", ray=" + each.version() + ", cpus=")
            .orElse(", workers=")
        + view.totalResources().getOrDefault("CPU", 0.0).intValue()
        + ", java="
        + Runtime.version().version().stream()
            .map(String::valueOf)
            .reduce((a, b) -> a + "." + b)
            .orElse("")
        + ")";
  }
}
