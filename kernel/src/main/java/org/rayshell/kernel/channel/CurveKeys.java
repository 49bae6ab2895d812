package org.rayshell.kernel.channel;

import org.rayshell.kernel.wire.MalformedMessageException;
import org.zeromq.ZMQ;

/** The keys by which CurveZMQ encrypts what travels; 32 bytes each. */
public record CurveKeys(byte[] publicKey, byte[] secretKey) {
  private static final int TEXT_LENGTH = 40;

  /** The keys of their texts in Z85, as Jupyter writes them. */
  static CurveKeys of(String publicKey, String secretKey) throws MalformedMessageException {
    return new CurveKeys(
        decode("curve_publickey", publicKey), decode("curve_secretkey", secretKey));
  }

  private static byte[] decode(String name, String text) throws MalformedMessageException {
    try {
      if (text.length() == TEXT_LENGTH) {
        return ZMQ.Curve.z85Decode(text);
      }
    } catch (RuntimeException e) {
      // Said below, without the secret.
    }
    throw new MalformedMessageException(name + " is no key: 40 characters of Z85 are");
  }

  /** The socket, which is yet to be bound, talks only to those who know the public key. */
  void serve(ZMQ.Socket socket) {
    socket.setCurveServer(true);
    socket.setCurvePublicKey(publicKey);
    socket.setCurveSecretKey(secretKey);
  }
}
