package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;

/** What runs after {@code %name} or {@code %%name}. */
public interface Magic {
  /** How a magic may be written. */
  enum Form {
    /** {@code %name arguments}. */
    LINE,
    /** {@code %%name arguments} above the rest of the cell. */
    CELL
  }

  /** The name after the percent signs. */
  String name();

  /** How it may be written. */
  Set<Form> forms();

  /** How to use it, such as {@code %maven GROUP:ARTIFACT:VERSION...}. */
  String usage();

  /** What it does, in one sentence. */
  String summary();

  /** What the argument after these may be, for completion; empty if anything. */
  default List<String> words(List<String> before) {
    return List.of();
  }

  /** Whether the argument after these may be a file, for completion. */
  default boolean takesFile(List<String> before) {
    return false;
  }

  /** Whether what stands below its cell form is Java: then it is completed and checked so. */
  default boolean bodyIsJava() {
    return true;
  }

  /**
   * Runs it. Its error is a {@link MagicException}; any other exception is shown as a cell's.
   *
   * @throws InterruptedException if the cell is interrupted
   */
  MagicResult run(MagicCall call) throws Exception;
}
