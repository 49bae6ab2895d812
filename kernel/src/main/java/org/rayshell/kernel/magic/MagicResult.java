package org.rayshell.kernel.magic;

import java.util.List;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.session.Engine;

/**
 * How a magic ended; immutable.
 *
 * @param result as if the cell were Java
 * @param payload for the front end
 */
public record MagicResult(EvalResult result, List<Engine.Payload> payload) {
  private static final EvalResult NOTHING = new EvalResult.Ok(false, null);

  /** Without a value. */
  public static MagicResult done() {
    return of(NOTHING);
  }

  /** With what the evaluator said. */
  public static MagicResult of(EvalResult result) {
    return new MagicResult(result, List.of());
  }

  /** With a value that is not shown, for Java that asks for it. */
  public static MagicResult quiet(Object value) {
    return of(new EvalResult.Ok(false, value));
  }

  /** With a value to show. */
  public static MagicResult value(Object value) {
    return of(new EvalResult.Ok(true, value));
  }
}
