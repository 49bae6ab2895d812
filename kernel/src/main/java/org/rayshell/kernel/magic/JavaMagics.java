package org.rayshell.kernel.magic;

import org.rayshell.kernel.eval.Evaluator;

/** The magics that need no runtime. */
public final class JavaMagics {
  private JavaMagics() {}

  /** Adds them all; the reporter tells of cells by {@code %%time -r}. */
  public static void register(Magics magics, Evaluator java, CellReporter reporter) {
    magics.register(new TimeMagic(reporter));
    magics.register(new TimeitMagic());
    magics.register(new XmodeMagic(java.trace()));
    magics.register(new LsmagicMagic(magics));
    magics.register(new PagerMagic());
    magics.register(new BashMagic());
    magics.register(new ClassPathMagic(java));
    magics.register(new LoadMagic());
    magics.register(new MavenMagic(java));
  }
}
