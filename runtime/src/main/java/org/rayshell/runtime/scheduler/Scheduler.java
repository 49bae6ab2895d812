package org.rayshell.runtime.scheduler;

import java.util.Map;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.view.ResourceView;
import org.rayshell.runtime.wire.Message;

/**
 * Who gives a session's owners what their tasks run on: the raylet of this machine, or a cluster
 * that has raylets of its own. Thread-safe; what changes something is called on the loop.
 */
public interface Scheduler extends ResourceView {
  /** Begins. */
  void start();

  /** The session ends: nothing is granted any more. */
  void end();

  /** A message of an owner or a worker. */
  void received(String from, Message.ToRaylet message);

  /** A process of the session has connected. */
  void connected(String name, long pid);

  /** The connection to a process of the session has ended. */
  void connectionLost(String name);

  /** A worker process has ended. */
  void exited(int number, String exit, String stderrTail);

  /**
   * Kills a worker.
   *
   * @return whether there is one of that pid
   */
  boolean kill(long pid, String why);

  /** What the workers were started with, by their pids. */
  Map<Long, RuntimeEnv> environments();
}
