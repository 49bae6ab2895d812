package org.rayshell.runtime.store;

import org.rayshell.RayException;
import org.rayshell.runtime.RefPort;

/** Turns values into bytes and back. Thread-safe. */
public final class ValueCodec {
  private final RefPort refs;

  /** A codec that hands refs inside values to the port. */
  public ValueCodec(RefPort refs) {
    this.refs = refs;
  }

  /**
   * The value as bytes.
   *
   * @throws RayException if it holds what cannot leave this process; the message says where it is
   */
  public EncodedValue encode(Object value) {
    throw new RayException("not built yet: refs=" + refs);
  }

  /**
   * The value again.
   *
   * @param loader where its classes are found
   * @throws RayException if the bytes are damaged or a class is not there
   */
  public Object decode(EncodedValue value, ClassLoader loader) {
    throw new RayException("not built yet");
  }

  /** As {@link #encode}, but never fails: what of the throwable cannot travel is left behind. */
  public EncodedValue encodeThrowable(Throwable thrown) {
    throw new RayException("not built yet");
  }

  /**
   * The throwable again, or a stand-in that keeps its class's name, message, stack trace, causes
   * and suppressed ones if its class or fields could not travel.
   */
  public Throwable decodeThrowable(EncodedValue value, ClassLoader loader) {
    throw new RayException("not built yet");
  }
}
