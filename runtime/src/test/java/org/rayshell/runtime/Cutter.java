package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import org.rayshell.runtime.wire.Halves;

/** Breaks connections of this process, for tests of what comes then. */
public final class Cutter {
  private Cutter() {}

  /** Ends this process's connection to another, in the middle of a frame if there is one. */
  public static int cutInMidFrame(String peer) {
    ProcessRuntime runtime = (ProcessRuntime) Runtimes.running();
    runtime.loop.execute(() -> {
      var connection = runtime.peers.known(peer);
      if (connection != null) {
        Halves.cut(connection);
      }
    });
    return 1;
  }

  /** What a peer sends first: that it belongs here, if it does, and a large frame. */
  public static byte[] beginning(Path folder, boolean secret) throws IOException {
    return Halves.beginning(folder, secret);
  }
}
