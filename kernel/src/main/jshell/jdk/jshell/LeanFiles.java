package jdk.jshell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Shows the compiler those classes of the session alone that it can come to from what it compiles.
 * JShell's own shows all, each of which the compiler looks at for every snippet.
 *
 * <p>Guarded by the evaluator's compiling lock, but for what JShell's indexing thread asks.
 */
final class LeanFiles extends MemoryFileManager {
  private static final Pattern WRAPPER =
      Pattern.compile(Pattern.quote(Util.REPL_CLASS_PREFIX) + "\\w+");

  /** How the names of the locations of the JDK's modules begin. */
  private static final String SYSTEM = StandardLocation.SYSTEM_MODULES.getName() + "[";

  private final NavigableMap<String, OutputMemoryJavaFileObject> classes;
  private final Map<JavaFileObject, Set<String>> named = new WeakHashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Iterable<JavaFileObject>> system = new HashMap<>();
  private boolean listed;

  /** In place of one of JShell's that has no classes yet. */
  LeanFiles(MemoryFileManager former, JShell shell) throws ReflectiveOperationException {
    this(
        (StandardJavaFileManager)
            SessionAccess.field(MemoryFileManager.class, "stdFileManager").get(former),
        shell);
  }

  @SuppressWarnings("unchecked")
  private LeanFiles(StandardJavaFileManager files, JShell shell)
      throws ReflectiveOperationException {
    super(files, shell);
    classes =
        (NavigableMap<String, OutputMemoryJavaFileObject>)
            SessionAccess.field(MemoryFileManager.class, "classObjects").get(this);
  }

  /** The session's classes by binary name; what is taken out of it is gone. */
  NavigableMap<String, OutputMemoryJavaFileObject> classes() {
    return classes;
  }

  @Override
  public JavaFileObject createSourceFileObject(Object origin, String name, String code) {
    if (listed) {
      // The first source of another task.
      wanted.clear();
      listed = false;
    }
    addWrappers(code, wanted);
    return super.createSourceFileObject(origin, name, code);
  }

  @Override
  public Iterable<JavaFileObject> list(
      JavaFileManager.Location location,
      String packageName,
      Set<JavaFileObject.Kind> kinds,
      boolean recurse)
      throws IOException {
    if (location == StandardLocation.CLASS_PATH && isOfJdk(packageName)) {
      return List.of();
    }
    if (location.getName().startsWith(SYSTEM) && !recurse) {
      return inSystem(location, packageName, kinds);
    }
    if (location != StandardLocation.CLASS_PATH || !packageName.equals(Util.REPL_PACKAGE)) {
      return super.list(location, packageName, kinds, recurse);
    }
    listed = true;
    List<JavaFileObject> found = new ArrayList<>();
    Set<String> reached = new HashSet<>(wanted);
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      for (OutputMemoryJavaFileObject each : classes(open.remove())) {
        found.add(each);
        for (String other : named(each)) {
          if (reached.add(other)) {
            open.add(other);
          }
        }
      }
    }
    return found;
  }

  /** Each of the compiler's few contexts asks again for what never changes. */
  private Iterable<JavaFileObject> inSystem(
      JavaFileManager.Location location, String packageName, Set<JavaFileObject.Kind> kinds)
      throws IOException {
    String question = location.getName().concat(packageName).concat(kinds.toString());
    Iterable<JavaFileObject> known = system.get(question);
    if (known == null) {
      known = super.list(location, packageName, kinds, false);
      system.put(question, known);
    }
    return known;
  }

  /**
   * Of processors and plug-ins, that is, of which there are none: the jars need not be searched.
   */
  @Override
  public ClassLoader getClassLoader(JavaFileManager.Location location) {
    return ClassLoader.getPlatformClassLoader();
  }

  /**
   * Whether no class path can have classes of the package, since no loader would define them. The
   * compiler asks all the same, of the package {@code java} above all; each jar would be opened.
   */
  private static boolean isOfJdk(String packageName) {
    return packageName.equals("java") || packageName.startsWith("java.");
  }

  /**
   * Not while the class path is changed: JShell's indexing thread asks here, and who asks first
   * lets the compiler find out what the class path is at first. That takes a while, and what has
   * been set meanwhile would be lost.
   */
  @Override
  synchronized Iterable<? extends Path> getLocationAsPaths(JavaFileManager.Location location) {
    return super.getLocationAsPaths(location);
  }

  @Override
  public synchronized boolean handleOption(String option, Iterator<String> remaining) {
    return super.handleOption(option, remaining);
  }

  /** The classes of a wrapper, itself the first. */
  private List<OutputMemoryJavaFileObject> classes(String wrapper) {
    String name = Util.REPL_PACKAGE + "." + wrapper;
    List<OutputMemoryJavaFileObject> found = new ArrayList<>();
    OutputMemoryJavaFileObject own = classes.get(name);
    if (own != null) {
      found.add(own);
    }
    found.addAll(classes.subMap(name + "$", true, name + "%", false).values());
    return found;
  }

  /** The wrappers that a class names: whatever the compiler asks of it leads to no others. */
  private Set<String> named(OutputMemoryJavaFileObject file) {
    Set<String> known = named.get(file);
    if (known == null) {
      byte[] bytes = file.getBytes();
      known = new HashSet<>();
      // Their names are in it as they are, in whatever entry of the constant pool.
      addWrappers(new String(bytes, StandardCharsets.ISO_8859_1), known);
      if (bytes.length > 0) {
        named.put(file, Set.copyOf(known));
      }
    }
    return known;
  }

  private static void addWrappers(String text, Set<String> into) {
    Matcher wrapper = WRAPPER.matcher(text);
    while (wrapper.find()) {
      into.add(wrapper.group());
    }
  }
}
