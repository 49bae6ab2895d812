package org.rayshell.kernel.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Attributes drafts by a compiler of its own, where JShell's cannot be reached: more slowly, since
 * each time it reads the classes anew. Guarded by the compiling lock.
 */
final class PlainCompiler {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private final SessionClasses classes;
  private final Definitions definitions;

  PlainCompiler(SessionClasses classes, Definitions definitions) {
    this.classes = classes;
    this.definitions = definitions;
  }

  /** As {@link JShellInternals#attribute}. */
  Object attribute(
      String name,
      String imports,
      String source,
      BiFunction<JavacTask, CompilationUnitTree, Object> question,
      int[] place) {
    String head = "package " + SessionClasses.PACKAGE + ";\n" + session() + imports;
    place[0] = head.length();
    Text file = new Text(name, head + source);
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
      String classPath =
          Stream.concat(
                  Stream.of(System.getProperty("java.class.path")),
                  classes.addedClassPath().stream().map(Path::toString))
              .collect(Collectors.joining(File.pathSeparator));
      files.handleOption("-classpath", List.of(classPath).iterator());
      JavacTask task =
          (JavacTask)
              COMPILER.getTask(
                  null,
                  new Files(files),
                  _ -> {},
                  List.of("-proc:none", "-parameters", "--should-stop=at=FLOW"),
                  null,
                  List.of(file));
      CompilationUnitTree unit = task.parse().iterator().next();
      task.analyze();
      return question.apply(task, unit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String session() {
    StringBuilder text = new StringBuilder();
    definitions.imports().forEach(each -> text.append("import ").append(each).append(";\n"));
    definitions.places().forEach(each -> text.append("import static ").append(each).append(";\n"));
    return text.toString();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create("string:///" + SessionClasses.PACKAGE + "/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Bytes extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    Bytes(String internalName, byte[] bytes) {
      super(URI.create("bytes:///" + internalName + ".class"), Kind.CLASS);
      this.name = internalName.replace('/', '.');
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** The files of the class path, and the classes of the session. */
  private final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
    Files(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public Iterable<JavaFileObject> list(
        JavaFileManager.Location location,
        String packageName,
        Set<JavaFileObject.Kind> kinds,
        boolean recurse)
        throws IOException {
      if (location != StandardLocation.CLASS_PATH || !packageName.equals(SessionClasses.PACKAGE)) {
        return super.list(location, packageName, kinds, recurse);
      }
      List<JavaFileObject> found = new ArrayList<>();
      classes.names().forEach(each -> found.add(new Bytes(each, classes.bytes(each))));
      return found;
    }

    @Override
    public String inferBinaryName(JavaFileManager.Location location, JavaFileObject file) {
      return file instanceof Bytes bytes ? bytes.name : super.inferBinaryName(location, file);
    }
  }
}
