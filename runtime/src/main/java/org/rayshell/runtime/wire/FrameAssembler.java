package org.rayshell.runtime.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts frames together from what arrives, in whatever pieces. Memory is taken as bytes arrive, at
 * most a chunk ahead of them, and never because a length field says so. For one thread.
 */
final class FrameAssembler {
  private static final int FIRST_CHUNK = 16 << 10;
  private static final int CHUNK = 1 << 20;

  private int limit = Frame.MAX_STRANGER_BYTES;
  private int headerBytes;
  private int length;
  private int arrived;
  private byte[][] chunks = new byte[1][];
  private int chunk;
  private int chunkFill;

  /** How long a frame may be from now on. */
  void limit(int bytes) {
    limit = bytes;
  }

  /**
   * Takes bytes from the buffer.
   *
   * @return the body of the next frame, or null if the buffer is used up before its end
   */
  WireReader next(ByteBuffer buffer) throws ProtocolException {
    while (headerBytes < 4) {
      if (!buffer.hasRemaining()) {
        return null;
      }
      length = length << 8 | buffer.get() & 0xff;
      if (++headerBytes == 4 && (length < 2 || length > limit)) {
        throw new ProtocolException(
            "a frame's length is out of bounds: length=" + length + ", limit=" + limit);
      }
    }
    while (arrived < length) {
      if (!buffer.hasRemaining()) {
        return null;
      }
      byte[] target = room(buffer.remaining());
      int part = Math.min(buffer.remaining(), target.length - chunkFill);
      buffer.get(target, chunkFill, part);
      chunkFill += part;
      arrived += part;
    }
    WireReader body = new WireReader(chunks, length);
    drop();
    return body;
  }

  /** Forgets what has arrived of a frame. */
  void drop() {
    headerBytes = 0;
    length = 0;
    arrived = 0;
    chunks = new byte[1][];
    chunk = 0;
    chunkFill = 0;
  }

  private byte[] room(int atHand) {
    if (chunks[chunk] != null && chunkFill == chunks[chunk].length) {
      chunk++;
      chunkFill = 0;
      if (chunk == chunks.length) {
        chunks = Arrays.copyOf(chunks, chunks.length * 2);
      }
    }
    if (chunks[chunk] == null) {
      int ahead = chunk == 0 ? Math.max(FIRST_CHUNK, atHand) : CHUNK;
      chunks[chunk] = new byte[Math.min(length - arrived, ahead)];
    }
    return chunks[chunk];
  }
}
