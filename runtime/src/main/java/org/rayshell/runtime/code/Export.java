package org.rayshell.runtime.code;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Code as it is sent to a worker, once: classes, captured variables, functions by name, class path.
 * Immutable. The bytes are made and read only by this package.
 *
 * @param hash the first 16 bytes of the SHA-256 of the bytes, as hex; empty for code that the class
 *     path of every worker has
 * @param bytes the encoded export
 */
public record Export(String hash, byte[] bytes) {
  /** Nothing to send: the worker's class path has it all. */
  public static final Export CLASS_PATH = new Export("", new byte[0]);

  /** Whether the hash is the bytes' own. */
  boolean isGenuine() {
    return hash.equals(hash(bytes));
  }

  /** An export of these bytes. */
  static Export of(byte[] bytes) {
    return new Export(hash(bytes), bytes);
  }

  /** The first 16 bytes of the SHA-256, as hex. */
  public static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
