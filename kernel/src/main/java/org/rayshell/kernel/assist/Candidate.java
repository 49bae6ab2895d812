package org.rayshell.kernel.assist;

import java.util.Comparator;
import org.rayshell.kernel.session.Engine.Match;

/**
 * What may stand at the cursor.
 *
 * @param text is inserted
 * @param type is shown by front ends: {@code function}, {@code class}, {@code variable}, …
 * @param signature such as {@code int max(int, int)}; may be empty
 * @param group what is nearer, and so comes first
 * @param fits whether its value can be used there; true also if that cannot be told
 * @param match how its name fits what has been typed, see {@link Begun}
 * @param seldom whether others of its group are meant more often
 */
record Candidate(
    String text,
    String type,
    String signature,
    Group group,
    boolean fits,
    int match,
    boolean seldom) {
  /** From near to far. */
  enum Group {
    LOCAL,
    MEMBER,
    SESSION,
    HELPER,
    OF_OBJECT,
    TYPE,
    PACKAGE,
    TO_IMPORT,
    KEYWORD
  }

  /** The order in which they are offered. */
  static final Comparator<Candidate> BY_RELEVANCE =
      Comparator.comparingInt(Candidate::match)
          .thenComparing(each -> !each.fits)
          .thenComparing(Candidate::group)
          .thenComparing(Candidate::seldom)
          .thenComparing(Candidate::text);

  Match asMatch(int overloads) {
    String more = overloads > 1 ? ", " + overloads + " overloads" : "";
    return new Match(text, type, signature.isEmpty() ? "" : signature + more);
  }
}
