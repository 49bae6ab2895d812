package org.rayshell.cluster.gateway;

import java.io.IOException;
import java.nio.file.Path;
import org.rayshell.runtime.GatewayRuntime;
import org.rayshell.runtime.worker.OrphanWatch;
import org.rayshell.runtime.worker.SessionDirectory;

/** The main class of a gateway's process. */
public final class GatewayMain {
  private GatewayMain() {}

  /**
   * Hands a session's tasks to a Ray cluster until the session or the cluster is gone.
   *
   * @param args the session's folder and the address of the cluster's head
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: GatewayMain <session folder> <host:port>");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    OrphanWatch.install(folder);
    SessionDirectory session = SessionDirectory.open(folder);
    GatewayRuntime.run(
        folder, session.secret(), listener -> RayCluster.attach(args[1], folder, listener));
    // Ray's own threads and its hooks have nothing left to do, and may wait for a head that is
    // gone.
    RayCluster.leave();
    Runtime.getRuntime().halt(0);
  }
}
