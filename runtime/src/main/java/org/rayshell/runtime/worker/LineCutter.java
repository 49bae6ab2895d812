package org.rayshell.runtime.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts UTF-8 bytes into lines, and lines that never end into pieces. Of what carriage returns write
 * over and over only the last is kept. Not thread-safe.
 */
final class LineCutter {
  /** The longest piece, in bytes; a character that begins within is not cut. */
  static final int PIECE_MAX = 64 << 10;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Whether a carriage return has ended what is pending, unless a line end follows. */
  private boolean returned;

  /** Whether what is pending was written over something. */
  private boolean overwrites;

  private long emitted;

  LineCutter(Consumer<String> lines) {
    this.lines = lines;
  }

  void write(byte[] bytes, int from, int length) {
    int start = from;
    int end = from + length;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        emit();
        start = i + 1;
      }
    }
    append(bytes, start, end);
  }

  /** Sends the rest, if there is any. */
  void end() {
    if (pending.size() > 0) {
      emit();
    }
  }

  /** How many lines there were; what is pending belongs to the next. */
  long emitted() {
    return emitted;
  }

  /** Whether there is text without a line end that is not of a line which rewrites itself. */
  boolean isPartial() {
    return pending.size() > 0 && !returned && !overwrites;
  }

  private void append(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\r') {
        if (!returned) {
          put(bytes, start, i);
        }
        returned = true;
      } else if (returned) {
        pending.reset();
        start = i;
        returned = false;
        overwrites = true;
      }
    }
    if (!returned) {
      put(bytes, start, to);
    }
  }

  private void put(byte[] bytes, int from, int to) {
    int start = from;
    while (pending.size() + to - start > PIECE_MAX) {
      int cut = Math.max(start, start + PIECE_MAX - pending.size());
      while (cut < to && isContinuation(bytes[cut])) {
        cut++;
      }
      if (cut == to) {
        break;
      }
      pending.write(bytes, start, cut - start);
      emit();
      start = cut;
    }
    pending.write(bytes, start, to - start);
  }

  /** Whether a character goes on with this byte. */
  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  private void emit() {
    String line = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    returned = false;
    overwrites = false;
    emitted++;
    lines.accept(line);
  }
}
