package org.rayshell.runtime.cluster;

import java.nio.file.Path;
import java.util.List;
import org.rayshell.RayOptions;

/**
 * A kind of cluster that sessions can run on; found as a service. Its gateway is a process of the
 * session, named {@link org.rayshell.runtime.wire.Peers#GATEWAY}, that is told to end by the end of
 * its stdin.
 */
public interface ClusterProvider {
  /**
   * The command line of a gateway.
   *
   * @param options with the address
   * @param session the session's folder
   * @param workerClassPath what the session's code needs beside what cells define, absolute paths
   * @throws org.rayshell.RayException if something is missing; the message says what to do
   */
  List<String> gateway(RayOptions options, Path session, String workerClassPath);

  /**
   * Why a gateway has ended that was not told to, and what to do.
   *
   * @param options with the address
   * @param exit how the process ended, such as {@code exit code 1}
   * @param stderrTail the last lines that it wrote to stderr; may be empty
   */
  String ended(RayOptions options, String exit, String stderrTail);
}
