package org.rayshell.runtime.owner;

import java.util.concurrent.atomic.AtomicLong;
import org.rayshell.runtime.ObjectId;

/**
 * Makes the ids of one process, unlike those of all others of the session and seemingly random.
 * Thread-safe.
 */
public final class IdSource {
  private static final int JOB = 1;
  private static final int COUNTER_BITS = 44;

  private final long seed;
  private final long process;
  private final AtomicLong counter = new AtomicLong();

  /**
   * @param seed the session's
   * @param process the number of the process in the session
   */
  public IdSource(long seed, int process) {
    this.seed = seed;
    this.process = (long) process << COUNTER_BITS;
  }

  /** A seed for a session, from its name. */
  public static long seed(String session) {
    long seed = 0xcbf29ce484222325L;
    for (int i = 0; i < session.length(); i++) {
      seed = mix(seed ^ session.charAt(i));
    }
    return seed;
  }

  /** A new id. */
  public ObjectId next() {
    return new ObjectId(mix(seed ^ (process | counter.incrementAndGet())), JOB, 1);
  }

  /**
   * A number for an id, of which those made one after the other have neighbouring ones: undoes
   * {@link #mix(long)}.
   */
  static long order(ObjectId id) {
    // The inverses of the factors, the last one's first.
    return mix(id.unique(), 0x9cb4b2f8129337dbL, 0x4f74430c22a54005L);
  }

  /** A bijection (the finalizer of MurmurHash3), so that different numbers stay different. */
  private static long mix(long z) {
    return mix(z, 0xff51afd7ed558ccdL, 0xc4ceb9fe1a85ec53L);
  }

  private static long mix(long z, long first, long second) {
    long once = (z ^ z >>> 33) * first;
    long twice = (once ^ once >>> 33) * second;
    return twice ^ twice >>> 33;
  }
}
