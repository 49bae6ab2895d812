package org.rayshell.kernel.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Keyed hashes of messages, by RFC 2104. The JVM's own, {@code javax.crypto.Mac}, takes 50 ms of a
 * kernel's start to prove what its provider may do. Immutable and thread-safe.
 */
final class Hmac {
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  // Each has taken in its padded key, and is only copied.
  private final MessageDigest inner;
  private final MessageDigest outer;

  private Hmac(MessageDigest inner, MessageDigest outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /**
   * By a hash function's name as Python spells it, such as {@code sha256}.
   *
   * @throws NoSuchAlgorithmException if it is none of the MD5, SHA-1 and SHA-2 families
   */
  static Hmac of(String hash, byte[] key) throws NoSuchAlgorithmException {
    String name = hash.toUpperCase(Locale.ROOT);
    int block =
        switch (name) {
          case "MD5", "SHA1", "SHA224", "SHA256" -> 64;
          case "SHA384", "SHA512" -> 128;
          default -> throw new NoSuchAlgorithmException(hash);
        };
    MessageDigest digest = MessageDigest.getInstance(name.replace("SHA", "SHA-"));
    byte[] padded = Arrays.copyOf(key.length > block ? digest.digest(key) : key, block);
    return new Hmac(keyed(digest, padded, INNER), keyed(digest, padded, OUTER));
  }

  private static MessageDigest keyed(MessageDigest fresh, byte[] key, byte pad) {
    byte[] start = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      start[i] = (byte) (key[i] ^ pad);
    }
    MessageDigest keyed = copy(fresh);
    keyed.update(start);
    return keyed;
  }

  /** The hash of the parts, one after the other. */
  byte[] hash(byte[]... parts) {
    MessageDigest in = copy(inner);
    for (byte[] part : parts) {
      in.update(part);
    }
    MessageDigest out = copy(outer);
    return out.digest(in.digest());
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JVM's hashes cannot be copied", e);
    }
  }
}
