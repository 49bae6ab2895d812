package org.rayshell.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The token that a cluster with {@code RAY_AUTH_MODE=token} asks for, where Ray looks for it. */
public final class ClusterToken {
  /** The remedy if there is none, or another one. */
  public static final String REMEDY =
      "start this program with RAY_AUTH_MODE=token and the token that the cluster's head was"
          + " started with: RAY_AUTH_TOKEN=…, or RAY_AUTH_TOKEN_PATH=… of a file, or"
          + " ~/.ray/auth_token";

  private ClusterToken() {}

  /**
   * The token of a process with these variables; empty if there is none. Thread-safe.
   *
   * @param environment with {@code HOME}
   */
  public static String find(Map<String, String> environment) {
    String given = environment.getOrDefault("RAY_AUTH_TOKEN", "");
    if (!given.isBlank()) {
      return given.strip();
    }
    String path = environment.getOrDefault("RAY_AUTH_TOKEN_PATH", "");
    try {
      Path file =
          path.isEmpty()
              ? Path.of(environment.getOrDefault("HOME", ""), ".ray", "auth_token")
              : Path.of(path);
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "";
    }
  }

  /**
   * That a cluster has not let this program in.
   *
   * @param shown whether it has shown a token
   */
  public static String refused(String address, boolean shown) {
    return (shown
            ? "the cluster at " + address + " does not know this token: "
            : "the cluster at " + address + " lets in only who shows its token: ")
        + REMEDY;
  }

  /** Whether a process with these variables shows a token. */
  public static boolean isAsked(Map<String, String> environment) {
    return environment.getOrDefault("RAY_AUTH_MODE", "").equalsIgnoreCase("token");
  }
}
