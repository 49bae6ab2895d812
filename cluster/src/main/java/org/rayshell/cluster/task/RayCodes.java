package org.rayshell.cluster.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.runtime.wire.Outcome;

/**
 * Failures that Ray tells by a number, its {@code ErrorType}, of which Ray for Java knows only
 * some: of all others it says that the bytes of the number's digits are unknown to it.
 *
 * @param kind as a session has it
 * @param message what has happened
 */
record RayCodes(Outcome.Kind kind, String message) {
  private static final Pattern UNKNOWN =
      Pattern.compile("Unrecognized metadata \\[((?:\\d+, )*\\d+)\\]");

  /** What an exception of Ray's for Java says; empty if that is something else. */
  static Optional<RayCodes> of(String said) {
    Matcher matcher = UNKNOWN.matcher(String.valueOf(said));
    if (!matcher.find()) {
      return Optional.empty();
    }
    StringBuilder digits = new StringBuilder();
    for (String each : matcher.group(1).split(", ")) {
      digits.append((char) Integer.parseInt(each));
    }
    return Optional.of(of(digits.toString(), matcher.group()));
  }

  private static RayCodes of(String code, String said) {
    return switch (code) {
      case "5" -> new RayCodes(Outcome.Kind.TASK_CANCELLED, "cancelled");
      case "7" ->
          new RayCodes(
              Outcome.Kind.REFUSED,
              "Ray cannot set up its worker's environment: see runtime_env_*.log in the logs of the"
                  + " cluster's session");
      case "11" -> new RayCodes(Outcome.Kind.REFUSED, "Ray cannot provide its arguments");
      case "14" -> new RayCodes(Outcome.Kind.OBJECT_LOST, "Ray cannot fetch its value in time");
      case "15" ->
          new RayCodes(Outcome.Kind.WORKER_CRASHED, "the cluster's node on this machine has ended");
      case "18" -> new RayCodes(Outcome.Kind.REFUSED, "no node of the cluster can ever run it");
      case "20" -> new RayCodes(Outcome.Kind.OBJECT_LOST, "no room is left on its node's disk");
      case "22" ->
          new RayCodes(
              Outcome.Kind.WORKER_CRASHED, "Ray has killed it as its node was out of memory");
      case "23" -> new RayCodes(Outcome.Kind.WORKER_CRASHED, "its node has ended");
      case "33" -> new RayCodes(Outcome.Kind.REFUSED, "Ray cannot start a worker for it");
      default -> new RayCodes(Outcome.Kind.REFUSED, "Ray says: " + said + ", code=" + code);
    };
  }
}
