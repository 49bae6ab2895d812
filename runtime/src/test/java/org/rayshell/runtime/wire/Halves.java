package org.rayshell.runtime.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.store.EncodedValue;

/** Frames that end before their end, for tests. */
public final class Halves {
  private static final int LARGE_BYTES = 4 << 20;

  private Halves() {}

  /** Sends more than a socket holds, and ends the connection in the midst of it. On the loop. */
  public static void cut(Connection connection) {
    connection.send(large());
    connection.flush();
    connection.close();
  }

  /** The answer to what nobody asked. */
  private static Message large() {
    return new Message.ObjectReply(-1, Outcome.value(new EncodedValue(new byte[LARGE_BYTES])));
  }

  /** A greeting, with the session's secret or another, and a large frame. */
  public static byte[] beginning(Path folder, boolean known) throws IOException {
    byte[] secret = known ? Files.readAllBytes(folder.resolve("secret")) : new byte[32];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(FrameTest.frame(new Message.Hello(Frame.VERSION, secret, "w999999", 1234567)));
    bytes.write(
        FrameTest.frame(
            new Message.RequestLease(1, java.util.Map.of("CPU", 1.0), 0, RuntimeEnv.create())));
    bytes.write(FrameTest.frame(new Message.PeerLost("w1000000")));
    return bytes.toByteArray();
  }
}
