package org.rayshell.kernel.session;

import java.util.List;

/** What has been run. Thread-safe. */
public interface History extends AutoCloseable {
  /**
   * A cell that ran.
   *
   * @param session 1 or more
   * @param line its execution count
   * @param output text of its result; null if it had none
   */
  record Entry(int session, int line, String input, String output) {}

  /** Adds a cell of this session. */
  void add(int line, String input, String output);

  /**
   * The lines {@code [start, stop)} of a session, in order.
   *
   * @param session its number; 0 is this session and −1 the one before
   */
  List<Entry> range(int session, int start, int stop);

  /** The last n, the oldest first. */
  List<Entry> tail(int n);

  /**
   * The last n whose whole input matches, the oldest first.
   *
   * @param pattern {@code *} stands for any text and {@code ?} for any character
   * @param unique only the last of those with the same input
   */
  List<Entry> search(String pattern, int n, boolean unique);

  /** The session has ended: what is to be kept is kept. */
  @Override
  default void close() {}
}
