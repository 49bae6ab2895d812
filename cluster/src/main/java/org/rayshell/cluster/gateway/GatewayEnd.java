package org.rayshell.cluster.gateway;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rayshell.cluster.ClusterToken;

/** What the last lines of a gateway mean that Ray's native library has ended. */
final class GatewayEnd {
  /** Of a native stack, and of the start of logging. */
  private static final Pattern NOISE =
      Pattern.compile("^\\S*\\(\\+0x|^\\S*[.]so\\(|^\\[0x| main INFO ");

  /** What Ray says if the raylet is not there any more, or has gone while it was spoken to. */
  private static final List<String> NODE_GONE =
      List.of("Failed to register worker to Raylet", "because the local raylet failed");

  private GatewayEnd() {}

  /** Why it has ended, and what to do. */
  static String why(String address, String exit, String stderrTail) {
    if (stderrTail.contains("AuthenticationTokenLoader")) {
      return "there is no token for the cluster at " + address + ": " + ClusterToken.REMEDY;
    }
    if (stderrTail.contains("InvalidAuthToken")) {
      // Asked for the cluster's machines, Ray's library ends the process.
      return ClusterToken.refused(address, ClusterToken.isAsked(System.getenv()));
    }
    if (stderrTail.contains("Failed to connect to GCS within")) {
      return "what listens at "
          + address
          + " does not answer as the head of a Ray cluster does, or no longer: is this the port that"
          + " ray start --head names, and is the head up?";
    }
    if (NODE_GONE.stream().anyMatch(stderrTail::contains)) {
      return "the node of the cluster at "
          + address
          + " on this machine has ended: what it said last is in raylet.out in the logs of its"
          + " session";
    }
    String said =
        stderrTail
            .lines()
            .filter(line -> !NOISE.matcher(line).find())
            .collect(Collectors.joining("\n"));
    return "the gateway to the cluster at "
        + address
        + " has ended: "
        + exit
        + (said.isBlank() ? "" : "\nLast lines of its stderr:\n" + said);
  }
}
