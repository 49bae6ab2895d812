package org.rayshell.kernel.eval;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The classes of a session: their bytes as they are shipped, and the loaders that run them with
 * checks woven in. Each snippet's classes have a loader of their own where they can, so that they
 * go with their snippet; {@link #loader} finds all. A name stands for one class as long as anything
 * holds that. Thread-safe.
 */
final class SessionClasses {
  /** The package that JShell puts snippets in. */
  static final String PACKAGE = "REPL";

  private static final String PREFIX = PACKAGE + ".$JShell$";
  private static final Pattern WRAPPER = Pattern.compile(PACKAGE + "[./]\\$JShell\\$[^$]+");

  /** The numbers of the snippets in a wrapper's name; letters tell one version from the next. */
  private static final Pattern SNIPPET = Pattern.compile("\\d+");

  private final Map<String, byte[]> shipped = new ConcurrentHashMap<>();
  private final List<Path> added = new CopyOnWriteArrayList<>();
  private final ClassPreparation preparation;
  private final ClassAccess access = new ClassAccess();
  private final Loader loader;
  private final ClassHierarchyResolver hierarchy;

  private final Map<String, byte[]> helpers;

  /** By the names of their classes. What changes in them is guarded by this map. */
  private final Map<String, Home> homes = new ConcurrentHashMap<>();

  /** By the numbers of snippets, the latest of each; guarded likewise. */
  private final Map<String, Home> current = new HashMap<>();

  SessionClasses(ClassPreparation preparation, ClassLoader parent) {
    this.preparation = preparation;
    this.loader = new Loader(parent);
    this.hierarchy =
        ClassHierarchyResolver.ofResourceParsing(
                type -> {
                  String descriptor = type.descriptorString();
                  byte[] bytes = bytes(descriptor.substring(1, descriptor.length() - 1));
                  return bytes == null ? null : new ByteArrayInputStream(bytes);
                })
            .orElse(ClassHierarchyResolver.defaultResolver())
            .orElse(ClassHierarchyResolver.ofResourceParsing(loader));
    helpers = preparation.helpers(PACKAGE);
    loader.woven.putAll(helpers);
  }

  ClassLoader loader() {
    return loader;
  }

  /** Takes in the classes of snippets, by their binary names, that may name each other. */
  void define(Map<String, byte[]> compiled) {
    add(compiled, true).forEach(this::isCurrent);
  }

  /** The wrapper stands for its snippets from now on, and is kept as long as it does. */
  private void isCurrent(String wrapper, Optional<Home> home) {
    synchronized (homes) {
      home.ifPresent(Home::keep);
      SNIPPET
          .matcher(wrapper)
          .results()
          .forEach(snippet -> stands(snippet.group(), home.orElse(null)));
    }
  }

  private void stands(String snippet, Home home) {
    Home former = home == null ? current.remove(snippet) : current.put(snippet, home);
    if (former != null && !current.containsValue(former)) {
      former.kept = null;
    }
  }

  /** Nothing will be compiled against the wrapper any more. */
  void release(String wrapper) {
    synchronized (homes) {
      Home home = homes.get(wrapper);
      if (home != null) {
        current.values().removeIf(each -> each == home);
        home.kept = null;
      }
    }
  }

  /** Takes in classes that run once, and that no other names. */
  void addPassing(Map<String, byte[]> compiled) {
    add(compiled, false);
  }

  /** Puts each wrapper's classes into a loader of their own, or all others' if they must. */
  private Map<String, Optional<Home>> add(Map<String, byte[]> compiled, boolean named) {
    compiled.forEach((name, bytes) -> shipped.put(internal(name), bytes));
    Map<String, Map<String, ClassModel>> wrappers = new LinkedHashMap<>();
    compiled.forEach((name, bytes) -> {
      byte[] prepared = preparation.prepare(bytes, hierarchy);
      shipped.put(internal(name), prepared);
      ClassModel model = ClassFile.of().parse(prepared);
      access.declare(model);
      wrappers.computeIfAbsent(wrapper(name), _ -> new LinkedHashMap<>()).put(name, model);
    });
    Map<String, Optional<Home>> made = new LinkedHashMap<>();
    wrappers.forEach((wrapper, models) -> {
      if (access.alone(models.values())) {
        Home home = new Home(List.copyOf(models.keySet()), named);
        models.keySet().forEach(each -> homes.put(each, home));
        made.put(wrapper, Optional.of(home));
      } else {
        loader.woven.putAll(woven(models.keySet(), named));
        made.put(wrapper, Optional.empty());
      }
    });
    made.forEach((wrapper, home) ->
        home.ifPresent(each -> wrappers.get(wrapper).values().forEach(each::uses)));
    return made;
  }

  private Map<String, byte[]> woven(Collection<String> names, boolean named) {
    Map<String, byte[]> woven = new HashMap<>();
    names.forEach(
        each -> woven.put(each, Weaver.weave(shipped.get(internal(each)), hierarchy, named)));
    return woven;
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }

  /** The wrapper that a class is in or is, by binary names. */
  static String wrapper(String name) {
    int nested = name.startsWith(PREFIX) ? name.indexOf('$', PREFIX.length()) : -1;
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** The bytes of a class (internal name) as they are shipped; null if the session has none. */
  byte[] bytes(String internalName) {
    return shipped.get(internalName);
  }

  /** The internal names of the session's classes. */
  Set<String> names() {
    return Set.copyOf(shipped.keySet());
  }

  /** Whether a class of that binary name is the session's. */
  static boolean has(String className) {
    return className.startsWith(PACKAGE + ".");
  }

  /** Whether the class, by its binary or internal name, only wraps snippets. */
  static boolean isWrapper(String name) {
    return WRAPPER.matcher(name).matches();
  }

  /** Adds jars and folders, separated as in a class path. */
  void addToClassPath(String classPath) throws MalformedURLException {
    for (String each : classPath.split(File.pathSeparator)) {
      Path path = Path.of(each);
      if (!added.contains(path)) {
        added.add(path);
        loader.addURL(path.toUri().toURL());
      }
    }
  }

  List<Path> addedClassPath() {
    return List.copyOf(added);
  }

  /** Where a wrapper's classes are: made again if they are asked for after they went. */
  private final class Home {
    private final List<String> names;
    private final boolean named;
    private final Set<Home> used = new HashSet<>();
    private WeakReference<SnippetLoader> made = new WeakReference<>(null);
    private SnippetLoader kept;

    /** Of these classes; named if other snippets can name them. */
    Home(List<String> names, boolean named) {
      this.names = names;
      this.named = named;
    }

    /** What the class names must not go before it. */
    void uses(ClassModel model) {
      ClassAccess.named(model).map(homes::get).filter(Objects::nonNull).forEach(used::add);
    }

    void keep() {
      kept = loader();
    }

    SnippetLoader loader() {
      synchronized (homes) {
        SnippetLoader found = made.get();
        if (found == null) {
          found = new SnippetLoader(SessionClasses.this.loader, woven(names, named), helpers);
          made = new WeakReference<>(found);
          // After that, since some use each other.
          found.keep(used.stream().map(Home::loader).toList());
        }
        return found;
      }
    }
  }

  private final class Loader extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final Map<String, byte[]> woven = new ConcurrentHashMap<>();

    Loader(ClassLoader parent) {
      super("cells", new URL[0], parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!has(name)) {
        return super.loadClass(name, resolve);
      }
      // The parents, which would look into every jar for each cell, have none of the session's.
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      // Asked for once, since a loader defines a class once.
      byte[] bytes = woven.remove(name);
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
      Home home = homes.get(name);
      return home == null ? super.findClass(name) : home.loader().loadClass(name);
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }
}
