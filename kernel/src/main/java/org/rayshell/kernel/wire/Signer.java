package org.rayshell.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Signs the four JSON parts of messages with the session's key. Thread-safe. */
public final class Signer {
  private static final String HMAC = "hmac-";

  private final Hmac hmac;

  private Signer(Hmac hmac) {
    this.hmac = hmac;
  }

  /**
   * A signer by a connection file's scheme, such as {@code hmac-sha256}; an empty key signs nothing
   * and accepts everything.
   *
   * @throws IllegalArgumentException if there is no such scheme
   */
  public static Signer of(String scheme, String key) {
    if (key.isEmpty()) {
      return new Signer(null);
    }
    try {
      String hash = scheme.startsWith(HMAC) ? scheme.substring(HMAC.length()) : scheme;
      return new Signer(Hmac.of(hash, key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          "signature_scheme=" + scheme + " of the connection file is unknown; use hmac-sha256", e);
    }
  }

  /** Whether there is a key. */
  boolean signs() {
    return hmac != null;
  }

  /** The signature in lower-case hexadecimal ASCII; empty without a key. */
  public byte[] sign(byte[]... parts) {
    if (hmac == null) {
      return new byte[0];
    }
    return HexFormat.of().formatHex(hmac.hash(parts)).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the signature is that of the parts; takes the same time wherever they differ. */
  public boolean verify(byte[] signature, byte[]... parts) {
    return hmac == null || MessageDigest.isEqual(sign(parts), signature);
  }
}
