package org.rayshell.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A standard input whose lines are asked of the person at the front end of the current cell. What a
 * cell leaves of a line no later cell reads: each begins with a question. There is no end, and
 * closing does nothing. Thread-safe; one thread asks at a time.
 */
final class CellInput extends InputStream {
  private final ReentrantLock turn = new ReentrantLock(true);
  // Guarded by turn.
  private byte[] line = {};
  private int next;
  private Cell asked;

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xFF;
  }

  /**
   * Reads what is left of the line, or asks for one.
   *
   * @throws NoInputException if nobody can be asked
   * @throws InterruptedIOException if interrupted: a scanner takes it for the end
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws InterruptedIOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    Cell cell = CurrentCell.get();
    try {
      turn.lockInterruptibly();
      try {
        return take(cell, bytes, offset, length);
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for input");
    }
  }

  private int take(Cell cell, byte[] bytes, int offset, int length) throws InterruptedException {
    if (next == line.length || asked != cell) {
      if (cell == null) {
        throw new NoInputException("no cell runs: there is nobody to ask for input");
      }
      line = ask(cell);
      next = 0;
      asked = cell;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, bytes, offset, count);
    next += count;
    return count;
  }

  private static byte[] ask(Cell cell) throws InterruptedException {
    try {
      return (cell.input("", false) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new NoInputException(e.getMessage());
    }
  }

  /** What the cell has not read of its line; a line that is being waited for is not there yet. */
  @Override
  public int available() {
    if (!turn.tryLock()) {
      return 0;
    }
    try {
      return asked == CurrentCell.get() ? line.length - next : 0;
    } finally {
      turn.unlock();
    }
  }
}
