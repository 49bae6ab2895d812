package org.rayshell.kernel.eval;

import com.sun.source.util.JavacTask;
import java.net.URI;
import java.util.List;
import javax.tools.DiagnosticListener;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The compiler where it only parses a text. Thread-safe. */
public final class ParseTask {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private ParseTask() {}

  /** A task that parses the text, as far as it can be. */
  public static JavacTask of(String text, DiagnosticListener<JavaFileObject> problems) {
    return (JavacTask)
        COMPILER.getTask(
            null,
            new Files(COMPILER.getStandardFileManager(null, null, null)),
            problems,
            List.of("-proc:none"),
            null,
            List.of(new Text(text)));
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String text) {
      super(URI.create("string:///$.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /**
   * By itself the compiler would look for plug-ins into every jar of the class path, which takes
   * longer than the rest.
   */
  private static final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
    Files(StandardJavaFileManager files) {
      super(files);
    }

    /** Of plug-ins and processors; the JDK has them. */
    @Override
    public ClassLoader getClassLoader(Location location) {
      return ClassLoader.getPlatformClassLoader();
    }
  }
}
