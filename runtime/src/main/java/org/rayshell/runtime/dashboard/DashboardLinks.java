package org.rayshell.runtime.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The addresses of the dashboard's pages, for links from cells. Behind a JupyterHub they are paths
 * of the hub's proxy, since the browser is on another machine. Immutable.
 */
public final class DashboardLinks {
  private final String root;
  private final String token;

  private DashboardLinks(String root, String token) {
    this.root = root;
    this.token = token;
  }

  /**
   * The links of a dashboard.
   *
   * @param url as {@link org.rayshell.Ray#dashboardUrl} gives it
   */
  public static DashboardLinks of(String url) {
    return of(url, System.getenv());
  }

  static DashboardLinks of(String url, Map<String, String> environment) {
    int mark = url.indexOf('?');
    String address = mark < 0 ? url : url.substring(0, mark);
    String root = address.endsWith("/") ? address : address + "/";
    String prefix = environment.get("JUPYTERHUB_SERVICE_PREFIX");
    if (prefix != null && environment.containsKey("JUPYTERHUB_USER")) {
      root = prefix + "proxy/" + root.replaceFirst(".*:(\\d+)/$", "$1/");
    }
    return new DashboardLinks(root, mark < 0 ? "" : url.substring(mark + 1));
  }

  /** The overview. */
  public String overview() {
    return link("");
  }

  /** All tasks. */
  public String tasks() {
    return link("tasks");
  }

  /** The tasks that a cell submitted, by its label, {@code In [7]}. */
  public String cell(String label) {
    return link("tasks?cell=" + encoded(label.replaceFirst("^In \\[(\\d+)]$", "$1")));
  }

  /** The tasks in a state: finished, running, queued, retrying, failed or cancelled. */
  public String state(String state) {
    return link("tasks?state=" + encoded(state));
  }

  /** A task, by its id or its object's: 48 or 56 hex digits. */
  public String task(String id) {
    return link("tasks/" + encoded(id));
  }

  /** What all tasks printed. */
  public String logs() {
    return link("logs");
  }

  /** What the tasks of a worker printed. */
  public String worker(long pid) {
    return link("logs?worker=" + pid);
  }

  private String link(String path) {
    return root + path + (token.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + token);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
