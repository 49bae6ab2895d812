package org.rayshell.kernel.magic;

import java.io.IOException;
import java.util.Locale;

/** Asks the person at the front end before something is lost. Stateless. */
final class Consent {
  private Consent() {}

  /**
   * Whether the answer is yes.
   *
   * @param otherwise what is said where nobody can be asked, and how to do without
   * @throws MagicException if nobody can be asked
   */
  static boolean isGiven(MagicCall call, String question, String otherwise) throws Exception {
    try {
      return call.cell().input(question, false).strip().toLowerCase(Locale.ROOT).matches("y(es)?");
    } catch (IOException e) {
      throw new MagicException(otherwise, e);
    }
  }
}
