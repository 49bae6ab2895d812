package org.rayshell.runtime.code;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.rayshell.RayException;
import org.rayshell.Remote;
import org.rayshell.TaskOptions;

/**
 * A session as JShell makes it: each cell is compiled into wrappers {@code REPL.$JShell$n} whose
 * static members are the snippets. Cells import the wrappers before them.
 */
final class FakeSession implements CodeSource {
  private final Map<String, byte[]> classes = new HashMap<>();
  private final Set<String> wrappers = new HashSet<>();
  private final StringBuilder imports = new StringBuilder();
  private final Map<String, List<Function>> functions = new TreeMap<>();
  private final Map<String, String> unresolved = new HashMap<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Loader loader = new Loader();
  private int cells;

  private final class Loader extends URLClassLoader {
    Loader() {
      super(new URL[0], FakeSession.class.getClassLoader());
    }

    void add(Path path) throws Exception {
      addURL(path.toUri().toURL());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes =
          name.equals("REPL." + SessionLookup.SIMPLE_NAME)
              ? SessionLookup.bytes("REPL")
              : classes.get(name.replace('.', '/'));
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** Runs a cell: members of a wrapper, each of which must be static. Returns its class. */
  Class<?> cell(String members) throws Exception {
    String simple = "$JShell$" + ++cells;
    String code =
        """
        package REPL;
        import java.io.*; import java.util.*; import java.util.function.*; import java.util.concurrent.*;
        import org.rayshell.*;
        %s
        public class %s { %s }
        """
            .formatted(imports, simple, members);
    Map<String, byte[]> made = compile(simple, code);
    String wrapper = "REPL/" + simple;
    made.forEach((name, bytes) -> classes.put(name, transform(bytes)));
    wrappers.add(wrapper);
    imports.append("import static REPL.").append(simple).append(".*;\n");
    Class<?> type = loader.loadClass("REPL." + simple);
    Map<String, List<Function>> defined = new HashMap<>();
    for (var method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Remote.class)) {
        String descriptor =
            java.lang.invoke.MethodType.methodType(
                    method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        TaskOptions defaults = RemoteDefaults.of(method.getAnnotation(Remote.class));
        defined
            .computeIfAbsent(method.getName(), _ -> new ArrayList<>())
            .add(
                new Function(
                    wrapper,
                    method.getName(),
                    descriptor,
                    key(method.getParameterTypes()),
                    defaults));
      }
    }
    functions.putAll(defined);
    return type;
  }

  /** A snippet that takes the place of another whose imports must not see it. */
  void hide(Class<?> wrapper) {
    String line = "import static " + wrapper.getName() + ".*;\n";
    int at = imports.indexOf(line);
    imports.delete(at, at + line.length());
  }

  void unresolved(String function, String missing) {
    unresolved.put(function, missing);
  }

  void addToClassPath(Path path) throws Exception {
    classPath.add(path);
    loader.add(path);
  }

  private static String key(Class<?>[] types) {
    List<String> names = new ArrayList<>();
    for (Class<?> type : types) {
      names.add(type.getSimpleName());
    }
    return String.join(",", names);
  }

  private byte[] transform(byte[] bytes) {
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(
                type -> {
                  String name = type.descriptorString();
                  byte[] found = classes.get(name.substring(1, name.length() - 1));
                  return found == null ? null : new java.io.ByteArrayInputStream(found);
                })
            .orElse(ClassHierarchyResolver.defaultResolver());
    return LambdaSerialization.makeSerializable(bytes, hierarchy);
  }

  private Map<String, byte[]> compile(String simple, String code) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> made = new HashMap<>();
    List<String> problems = new ArrayList<>();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      List<Path> path = new ArrayList<>(classPath);
      for (String each : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
        path.add(Path.of(each));
      }
      standard.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
      JavaFileManager files = new Files(standard, made);
      var source =
          new SimpleJavaFileObject(
              URI.create("string:///REPL/" + simple + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignored) {
              return code;
            }
          };
      boolean good =
          compiler
              .getTask(
                  null,
                  files,
                  each -> problems.add(each.toString()),
                  List.of("-proc:none", "-g", "-parameters"),
                  null,
                  List.of(source))
              .call();
      if (!good) {
        throw new IllegalArgumentException(problems + "\n" + code);
      }
    }
    Map<String, byte[]> result = new TreeMap<>();
    made.forEach((name, bytes) -> result.put(name.replace('.', '/'), bytes.toByteArray()));
    return result;
  }

  private final class Files extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made;

    Files(JavaFileManager standard, Map<String, ByteArrayOutputStream> made) {
      super(standard);
      this.made = made;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + name.hashCode()), kind) {
        @Override
        public OutputStream openOutputStream() {
          return made.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }

    @Override
    public Iterable<JavaFileObject> list(
        Location location, String pkg, Set<JavaFileObject.Kind> kinds, boolean recurse)
        throws java.io.IOException {
      List<JavaFileObject> all = new ArrayList<>();
      super.list(location, pkg, kinds, recurse).forEach(all::add);
      if (location == StandardLocation.CLASS_PATH && pkg.equals("REPL")) {
        classes.forEach((name, bytes) -> all.add(new Compiled(name.replace('/', '.'), bytes)));
      }
      return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return file instanceof Compiled compiled
          ? compiled.name
          : super.inferBinaryName(location, file);
    }
  }

  private static final class Compiled extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    Compiled(String name, byte[] bytes) {
      super(URI.create("mem:///" + name.hashCode() + ".class"), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public java.io.InputStream openInputStream() {
      return new java.io.ByteArrayInputStream(bytes);
    }
  }

  @Override
  public boolean isSessionClass(String internalName) {
    return internalName.startsWith("REPL/$JShell$");
  }

  @Override
  public boolean isWrapper(String internalName) {
    return wrappers.contains(internalName);
  }

  @Override
  public byte[] classBytes(String internalName) {
    return classes.get(internalName);
  }

  @Override
  public ClassLoader loader() {
    return loader;
  }

  @Override
  public List<Path> addedClassPath() {
    return List.copyOf(classPath);
  }

  @Override
  public List<Function> functions(String name) {
    if (unresolved.containsKey(name)) {
      throw new RayException(
          "`" + name + "` uses " + unresolved.get(name) + ", which is not defined yet");
    }
    return functions.getOrDefault(name, List.of());
  }

  @Override
  public String describe(String internalName) {
    String wrapper = internalName.split("\\$JShell\\$")[1].split("\\$")[0];
    return "cell In [" + wrapper + "]";
  }

  /** The class files of a shipped export; for assertions. */
  static Set<String> names(Contents contents) {
    Set<String> names = new java.util.TreeSet<>();
    contents
        .classes()
        .forEach((name, bytes) -> {
          String wrapper = name.substring("REPL/".length());
          names.add(wrapper);
          ClassFile.of()
              .parse(bytes)
              .methods()
              .forEach(each -> names.add(wrapper + "." + each.methodName().stringValue()));
        });
    return names;
  }
}
