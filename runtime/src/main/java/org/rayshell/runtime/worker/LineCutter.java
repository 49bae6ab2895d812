package org.rayshell.runtime.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts UTF-8 bytes into lines, and lines that never end into pieces. Not thread-safe. */
final class LineCutter {
  /** The longest piece, in bytes; a character that begins within is not cut. */
  static final int PIECE_MAX = 64 << 10;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

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

  private void append(byte[] bytes, int from, int to) {
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
    lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
