package org.rayshell.kernel;

import org.rayshell.kernel.assist.Inspector;
import org.rayshell.kernel.bridge.RaySession;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.magic.JavaMagics;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.kernel.magic.MavenSources;
import org.rayshell.kernel.session.History;

/** The magics that every notebook has. */
final class StandardMagics {
  private StandardMagics() {}

  static void register(
      Magics magics,
      Evaluator java,
      RaySession ray,
      History history,
      MavenSources sources,
      Inspector inspector) {
    JavaMagics.register(
        magics,
        java,
        ray.reporter(),
        history,
        sources,
        (name, source) -> inspector.inspect(name, name.length(), source ? 1 : 0).data());
    ray.register(magics);
  }
}
