package org.rayshell.kernel.session;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of UTF-8 that go to the current cell as text; before the first cell to the process's own
 * stream. A character may come in parts. Thread-safe.
 */
final class CellOutput extends OutputStream {
  private static final byte[] NOTHING = {};

  private final boolean stderr;
  private final PrintStream fallback;
  // The first bytes of a character, and whose they are; written under the lock.
  private volatile byte[] begun = NOTHING;
  private Cell beginner;

  CellOutput(boolean stderr, PrintStream fallback) {
    this.stderr = stderr;
    this.fallback = fallback;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      fallback.write(bytes, offset, length);
      return;
    }
    String text = decode(cell, bytes, offset, length);
    if (!text.isEmpty()) {
      cell.stream(stderr, text);
    }
  }

  /** Text, which bytes that came before do not become a part of. */
  void text(String text) {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      fallback.print(text);
      return;
    }
    if (begun.length > 0) {
      endBegun();
    }
    if (!text.isEmpty()) {
      cell.stream(stderr, text);
    }
  }

  private synchronized void endBegun() {
    if (begun.length > 0) {
      beginner.stream(stderr, "\uFFFD");
      begun = NOTHING;
    }
  }

  private synchronized String decode(Cell cell, byte[] bytes, int offset, int length) {
    int whole = length - unfinished(bytes, offset, length);
    if (begun.length == 0 && whole == length) {
      return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
    if (beginner != cell) {
      endBegun();
    }
    byte[] all = Arrays.copyOf(begun, begun.length + length);
    System.arraycopy(bytes, offset, all, begun.length, length);
    whole = all.length - unfinished(all, 0, all.length);
    begun = Arrays.copyOfRange(all, whole, all.length);
    beginner = cell;
    return new String(all, 0, whole, StandardCharsets.UTF_8);
  }

  /** How many bytes at the end are the beginning of a character that goes on. */
  private static int unfinished(byte[] bytes, int offset, int length) {
    for (int back = 1; back <= Math.min(3, length); back++) {
      int b = bytes[offset + length - back] & 0xFF;
      if (b < 0x80) {
        return 0;
      }
      if (b >= 0xC0) {
        int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return back < needed ? back : 0;
      }
    }
    return 0;
  }
}
