package org.rayshell.cluster.link;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Where a gateway listens, and what it wants to be shown.
 *
 * @param host its address in the cluster
 * @param port its port
 * @param secret 32 random bytes
 */
public record LinkAddress(String host, int port, byte[] secret) {
  /** Writes it. */
  public void write(DataOutputStream out) throws IOException {
    Wire.text(out, host);
    out.writeShort(port);
    out.write(secret);
  }

  /** Reads it. */
  public static LinkAddress read(DataInputStream in) throws IOException {
    return new LinkAddress(
        Wire.text(in), in.readUnsignedShort(), in.readNBytes(LinkServer.SECRET_BYTES));
  }
}
