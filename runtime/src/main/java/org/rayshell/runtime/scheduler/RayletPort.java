package org.rayshell.runtime.scheduler;

import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.wire.Message;

/** How a {@link Raylet} acts. No call comes back into the raylet before it returns. */
public interface RayletPort {
  /** Sends to an owner or a worker; one that is gone is told of elsewhere. */
  void send(String to, Message.FromRaylet message);

  /**
   * Starts a worker process with that environment; its end, or that it cannot start, is told by the
   * raylet's methods.
   */
  void startWorker(int number, RuntimeEnv env);

  /** Bytes that have gone to and come from a worker so far; 0 if it is not connected. */
  long traffic(String worker);

  /** Kills a worker process. */
  void killWorker(int number);
}
