package org.rayshell.runtime.store;

/**
 * A value as bytes, as {@link ValueCodec} makes and reads them; the array is never changed.
 *
 * @param bytes tag and content
 */
public record EncodedValue(byte[] bytes) {
  /** How many bytes the value takes. */
  public int size() {
    return bytes.length;
  }
}
