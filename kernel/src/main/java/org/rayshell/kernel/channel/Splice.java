package org.rayshell.kernel.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Two connections that are one: what comes on either goes out on the other. */
public final class Splice {
  private static final int BUFFER = 64 << 10;

  private Splice() {}

  /** Passes on until either ends, then closes both; returns at once. */
  public static void join(SocketChannel one, SocketChannel other) {
    IpcGate.start("kernel-ipc-in", () -> pass(one, other));
    IpcGate.start("kernel-ipc-out", () -> pass(other, one));
  }

  private static void pass(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // One side is gone, or the kernel ends: the other learns it below.
    } finally {
      close(from);
      close(to);
    }
  }

  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }
}
