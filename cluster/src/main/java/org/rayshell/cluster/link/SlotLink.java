package org.rayshell.cluster.link;

import java.util.List;
import org.rayshell.runtime.ObjectId;

/**
 * The gateway's way to a slot of a worker's. To one whose worker has ended all this does nothing.
 * Thread-safe.
 */
public interface SlotLink {
  /** Sends calls, to be run one after the other; the slot tells of each by its task. */
  void calls(List<byte[]> calls);

  /** Says that no more calls come. */
  void close();

  /** Asks that what the task makes be kept in Ray's store, if it runs there. */
  void keep(ObjectId task);
}
