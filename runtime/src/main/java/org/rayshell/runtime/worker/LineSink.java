package org.rayshell.runtime.worker;

/**
 * Takes the lines that a task prints. Called on the thread that printed, one line of a stream at a
 * time and in order.
 */
@FunctionalInterface
public interface LineSink {
  /**
   * A line.
   *
   * @param line the text without its line end
   * @param stderr whether it went to stderr
   */
  void line(String line, boolean stderr);
}
