package org.rayshell.kernel.eval;

import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;

/**
 * Where a compiler looks that only parses: in no jar. By itself it would look into all of the class
 * path's for plug-ins, which takes longer than the rest. For one task.
 */
public final class SourceFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  /** Files for a task of the compiler. */
  public SourceFiles(JavaCompiler compiler) {
    super(compiler.getStandardFileManager(null, null, null));
  }

  /** Of plug-ins and processors; the JDK has them. */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return ClassLoader.getPlatformClassLoader();
  }
}
