package org.rayshell.kernel.eval;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The classes of a session: their bytes as they are shipped, and the loader that runs them with
 * checks woven in. A name stands for one class as long as the session lives. Thread-safe.
 */
final class SessionClasses {
  /** The package that JShell puts snippets in. */
  static final String PACKAGE = "REPL";

  private static final Pattern WRAPPER = Pattern.compile(PACKAGE + "[./]\\$JShell\\$[^$]+");

  private final Map<String, byte[]> shipped = new ConcurrentHashMap<>();
  private final List<Path> added = new CopyOnWriteArrayList<>();
  private final ClassPreparation preparation;
  private final Loader loader;
  private final ClassHierarchyResolver hierarchy;

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
    loader.woven.putAll(preparation.helpers(PACKAGE));
  }

  ClassLoader loader() {
    return loader;
  }

  /** Takes classes in, by their binary names, that may name each other. */
  void add(Map<String, byte[]> compiled) {
    compiled.forEach((name, bytes) -> shipped.put(name.replace('.', '/'), bytes));
    compiled.forEach((name, bytes) -> {
      byte[] prepared = preparation.prepare(bytes, hierarchy);
      shipped.put(name.replace('.', '/'), prepared);
      loader.woven.put(name, Weaver.weave(prepared, hierarchy));
    });
  }

  /** The bytes of a class (internal name) as they are shipped; null if the session has none. */
  byte[] bytes(String internalName) {
    return shipped.get(internalName);
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

  private static final class Loader extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final Map<String, byte[]> woven = new ConcurrentHashMap<>();

    Loader(ClassLoader parent) {
      super("cells", new URL[0], parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      // Asked for once, since a loader defines a class once.
      byte[] bytes = woven.remove(name);
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }
}
