package org.rayshell.kernel;

import org.rayshell.kernel.bridge.RaySession;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.magic.JavaMagics;
import org.rayshell.kernel.magic.Magics;

/** The magics that every notebook has. */
final class StandardMagics {
  private StandardMagics() {}

  static void register(Magics magics, Evaluator java, RaySession ray) {
    JavaMagics.register(magics, java, ray.reporter());
    ray.register(magics);
  }
}
