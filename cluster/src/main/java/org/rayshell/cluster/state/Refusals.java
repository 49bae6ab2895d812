package org.rayshell.cluster.state;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;

/** What is said when a dashboard gives no answer that is of use. */
final class Refusals {
  private static final int SHOWN = 200;

  private Refusals() {}

  /** It answered something else. */
  static String of(URI dashboard, String path, int status, String body, String token) {
    String where = "the dashboard at " + dashboard;
    return switch (status) {
      case 401 -> where + " wants the cluster's token: set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN";
      case 403 ->
          token.isEmpty()
              ? where + " lets nobody from here in (HTTP status=403): " + shortened(body)
              : where
                  + " does not know this token: set RAY_AUTH_TOKEN to what the cluster's head was"
                  + " started with";
      case 404 ->
          where
              + " has no "
              + path.replaceFirst("[?].*", "")
              + ": a Ray older than 2.40, or not Ray's dashboard";
      default ->
          where
              + " answered "
              + path.replaceFirst("[?].*", "")
              + " with something else than Ray's JSON (HTTP status="
              + status
              + "): "
              + shortened(body);
    };
  }

  /** Nobody is there. */
  static String unreachable(URI dashboard, IOException cause) {
    String why =
        cause instanceof ConnectException
            ? "nobody answers there"
            : cause.getClass().getSimpleName() + " " + cause.getMessage();
    return "the cluster's dashboard at "
        + dashboard
        + " cannot be reached ("
        + why
        + "): the head needs it installed, pip install 'ray[default]', started, not with"
        + " --include-dashboard=false, and, unless this is the head's machine, ray start --head"
        + " --dashboard-host=0.0.0.0";
  }

  /** It hangs. */
  static String silent(URI dashboard, Duration patience) {
    return "the cluster's dashboard at "
        + dashboard
        + " did not answer within "
        + patience.toSeconds()
        + " s: see dashboard.log in the logs of the head's session";
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
