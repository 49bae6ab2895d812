package org.rayshell.kernel.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the four JSON parts of messages with the session's key. Thread-safe. */
public final class Signer {
  private final Mac prototype;

  private Signer(Mac prototype) {
    this.prototype = prototype;
  }

  /**
   * A signer by a connection file's scheme, such as {@code hmac-sha256}; an empty key signs nothing
   * and accepts everything.
   *
   * @throws IllegalArgumentException if the JVM has no such scheme
   */
  public static Signer of(String scheme, String key) {
    if (key.isEmpty()) {
      return new Signer(null);
    }
    String algorithm =
        "Hmac" + scheme.replaceFirst("^hmac-", "").toUpperCase(java.util.Locale.ROOT);
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return new Signer(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "signature_scheme=" + scheme + " of the connection file is unknown; use hmac-sha256", e);
    }
  }

  /** Whether there is a key. */
  boolean signs() {
    return prototype != null;
  }

  /** The signature in lower-case hexadecimal ASCII; empty without a key. */
  public byte[] sign(byte[]... parts) {
    if (prototype == null) {
      return new byte[0];
    }
    Mac mac;
    try {
      mac = (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JVM's HMAC cannot be cloned", e);
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the signature is that of the parts; takes the same time wherever they differ. */
  public boolean verify(byte[] signature, byte[]... parts) {
    return prototype == null || MessageDigest.isEqual(sign(parts), signature);
  }
}
