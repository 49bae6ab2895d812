package org.rayshell.kernel.magic;

import org.rayshell.kernel.eval.Evaluator;

/** The magics that need no runtime. */
public final class JavaMagics {
  private JavaMagics() {}

  /** Adds them all. */
  public static void register(Magics magics, Evaluator java) {
    magics.register(new TimeMagic());
    magics.register(new TimeitMagic());
    magics.register(new LsmagicMagic(magics));
    magics.register(new PagerMagic());
    magics.register(new BashMagic());
    magics.register(new ClassPathMagic(java));
    magics.register(new LoadMagic());
    magics.register(new MavenMagic(java));
  }
}
