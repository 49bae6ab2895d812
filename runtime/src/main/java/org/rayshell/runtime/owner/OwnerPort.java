package org.rayshell.runtime.owner;

import java.util.List;
import org.rayshell.runtime.store.arena.BlockTable;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/** How an {@link Owner} reaches others. No call comes back into the owner before it returns. */
public interface OwnerPort {
  /** Sends to the raylet. */
  void toRaylet(Message.ToRaylet message);

  /**
   * Sends to a process of the session. One that ends later is told of by {@link Owner#workerDied}.
   *
   * @return whether it could be reached
   * @throws FrameTooLargeException if the message is too large; nothing is sent then
   */
  boolean toPeer(String name, Message message);

  /** Whether something may still arrive from that process. */
  boolean isConnected(String name);

  /** The blocks of this process; null if there is no arena. */
  default BlockTable blocks() {
    return null;
  }

  /** A value is in the session, for this owner, as long as the object given is held. Any thread. */
  void stored(Object held, long bytes);

  /**
   * Runs the action on the loop some time after nobody refers to the object any more. Any thread.
   */
  void whenCollected(Object held, Runnable action);

  /** So many tasks of this owner have not ended. */
  void pending(int count);

  /** A task of this owner's has failed, with these results; not a stream. */
  void failed(List<ObjectState> results);

  /**
   * A task of this owner has changed.
   *
   * @param kept the same in as few bytes as can be, for who keeps it
   */
  void report(TaskUpdate now, TaskNews kept);

  /** A task of this owner, as it was when it was made, has nothing to wait for but a worker. */
  default void ready(TaskNews made) {
    TaskUpdate now = made.update();
    report(now, now);
  }

  /**
   * A try of a task of this owner has failed; another may follow.
   *
   * @param attempt as the task was at its end
   * @param outcome of the try
   */
  default void failed(TaskUpdate attempt, Outcome outcome) {}
}
