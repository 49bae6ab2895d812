package org.rayshell.runtime.store;

import java.util.List;
import org.rayshell.ObjectRef;

/**
 * A value as bytes, as {@link ValueCodec} makes and reads them; the array is never changed. As long
 * as it is reachable, so are the refs in it: they keep their objects from being let go.
 *
 * @param bytes tag and content
 * @param refs the refs that the value holds, and those in the code that it names
 */
public record EncodedValue(byte[] bytes, List<ObjectRef<?>> refs) {
  /** A value without refs. */
  public EncodedValue(byte[] bytes) {
    this(bytes, List.of());
  }

  /** How many bytes the value takes. */
  public int size() {
    return bytes.length;
  }
}
