package jdk.jshell;

import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.api.JavacTaskPool;
import java.io.Writer;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/**
 * Gives the compiler's contexts a {@link LeanSymbols}. Guarded by the evaluator's compiling lock.
 */
final class LeanPool extends JavacTaskPool {
  LeanPool(int contexts) {
    super(contexts);
  }

  @Override
  public <Z> Z getTask(
      Writer out,
      JavaFileManager files,
      DiagnosticListener<? super JavaFileObject> listener,
      Iterable<String> options,
      Iterable<String> classes,
      Iterable<? extends JavaFileObject> sources,
      Worker<Z> worker) {
    return super.getTask(
        out,
        files,
        listener,
        options,
        classes,
        sources,
        new Worker<Z>() {
          @Override
          public Z withTask(JavacTask task) {
            LeanSymbols.register(((BasicJavacTask) task).getContext());
            return worker.withTask(task);
          }
        });
  }
}
