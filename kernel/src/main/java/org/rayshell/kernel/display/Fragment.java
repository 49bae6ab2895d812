package org.rayshell.kernel.display;

import org.rayshell.kernel.session.MimeBundle;

/** A picture of something that may still change. Called on one thread at a time. */
public interface Fragment {
  /** Names its displays: two of the same thing have the same id. */
  String displayId();

  /** Whether nothing will change any more. */
  boolean isFinal();

  /** Differs whenever what is shown has changed by more than figures that grow with time. */
  long version();

  /** Whether it only changes by what cells do: then it is looked at after each cell, not else. */
  default boolean changesByCells() {
    return false;
  }

  /**
   * Waits a moment for it to become final, if that is likely: so that what is soon done is shown
   * once and as a result. Ends early if its thread is interrupted.
   */
  default void settle() {}

  /**
   * As it is now. The plain text is always the same.
   *
   * @param kernelEnds whether this is the last one although it is not final
   */
  MimeBundle draw(boolean kernelEnds);
}
