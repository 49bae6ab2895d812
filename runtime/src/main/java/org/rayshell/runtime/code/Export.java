package org.rayshell.runtime.code;

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

  static String hash(byte[] sha256) {
    return HexFormat.of().formatHex(sha256, 0, 16);
  }
}
