package org.rayshell.kernel.bridge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.runtime.view.ClusterView;

/**
 * Addresses of the dashboard's pages, as a reader's browser comes to them; immutable.
 *
 * @param path where it begins, without a slash at the end
 * @param query what each address carries, such as the token; may be empty
 */
record DashboardLink(String path, String query) {
  private static final Pattern OWN = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)(.*)");

  /** Of the session's dashboard; empty if it has none, or none any more. */
  static Optional<DashboardLink> of(ClusterView view) {
    return view.dashboardUrl().map(url -> of(url, System.getenv()));
  }

  /** On a hub the loopback address is another machine's: there the way leads through its proxy. */
  static DashboardLink of(String url, Map<String, String> environment) {
    String reached = url;
    String prefix = environment.get("JUPYTERHUB_SERVICE_PREFIX");
    Matcher own = OWN.matcher(url);
    if (prefix != null && own.matches()) {
      reached = prefix.replaceFirst("/$", "") + "/proxy/" + own.group(1) + own.group(2);
    }
    int mark = reached.indexOf('?');
    String path = mark < 0 ? reached : reached.substring(0, mark);
    return new DashboardLink(
        path.replaceFirst("/$", ""), mark < 0 ? "" : reached.substring(mark + 1));
  }

  /** The first page. */
  String home() {
    return path + "/" + (query.isEmpty() ? "" : "?" + query);
  }

  /** The page of one task. */
  String task(String taskId) {
    return path + "/tasks/" + taskId + (query.isEmpty() ? "" : "?" + query);
  }

  /** The tasks of the cell, {@code In [7]}; all if it is null. */
  String tasks(String cell) {
    String wanted =
        cell == null
            ? query
            : "cell="
                + URLEncoder.encode(cell, StandardCharsets.UTF_8).replace("+", "%20")
                + (query.isEmpty() ? "" : "&" + query);
    return path + "/tasks" + (wanted.isEmpty() ? "" : "?" + wanted);
  }
}
