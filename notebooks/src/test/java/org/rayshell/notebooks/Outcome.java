package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/**
 * How a program ended.
 *
 * @param output both stdout and stderr, in the order they were written
 */
record Outcome(List<String> command, int code, String output) {
  Outcome succeeded() {
    assertEquals(0, code, this::toString);
    return this;
  }

  /** The one line that a failed program leaves. */
  String onlyLine() {
    List<String> lines = output.strip().lines().toList();
    assertEquals(1, lines.size(), this::toString);
    return lines.getFirst();
  }

  String lastLine() {
    return output.strip().lines().toList().getLast();
  }

  @Override
  public String toString() {
    return String.join(" ", command) + "\nexit code " + code + "\n" + output;
  }
}
