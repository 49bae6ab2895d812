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
   * As it is now.
   *
   * @param kernelEnds whether this is the last one although it is not final
   */
  MimeBundle draw(boolean kernelEnds);
}
