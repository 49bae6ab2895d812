package org.rayshell.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;

/** Recognises a message that was recorded and sent again, by its signature. Thread-safe. */
final class Replays {
  // As many as jupyter_client remembers: some 5 MB.
  private static final int REMEMBERED = 1 << 16;
  private static final int DIGITS = 16;

  private final LinkedHashSet<Long> seen = new LinkedHashSet<>();

  /**
   * Whether no message with the signature came before; from now on one did.
   *
   * @param signature one that is right, in hexadecimal: others would push out those
   */
  synchronized boolean isNew(byte[] signature) {
    // 64 bits of a keyed hash: two messages that differ never share them.
    String digits = new String(signature, 0, DIGITS, StandardCharsets.US_ASCII);
    if (!seen.add(Long.parseUnsignedLong(digits, 16))) {
      return false;
    }
    if (seen.size() > REMEMBERED) {
      seen.removeFirst();
    }
    return true;
  }
}
