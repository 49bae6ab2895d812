package org.rayshell.runtime.code;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

/**
 * The classes of one export, and of those that values brought along later. Thread-safe; variables
 * are only set between tasks, as a worker runs one at a time.
 */
final class ExportLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ValueCodec codec;
  private final ConcurrentHashMap<String, byte[]> files;
  private final List<ClassLoader> otherPaths = new ArrayList<>();
  private final Set<String> adopted = new LinkedHashSet<>();
  private final ConcurrentHashMap<Member, Method> methods = new ConcurrentHashMap<>();
  private final Contents shipped;
  private Contents contents;
  private Export export;
  private Export whole;
  private byte[] wholeValues;

  /** The refs in the variables that came with the export; null until those were set. */
  private List<ObjectRef<?>> shippedRefs;

  /**
   * A loader.
   *
   * @param classPath the loader of what is on the export's class path
   */
  ExportLoader(Export export, Contents contents, ClassLoader classPath, ValueCodec codec) {
    super("export-" + export.hash(), classPath);
    this.codec = codec;
    this.export = export;
    this.shipped = contents;
    this.contents = contents;
    this.files = new ConcurrentHashMap<>(contents.classes());
    adopted.add(export.hash());
  }

  /** Whether it defines a class of that internal name. */
  boolean has(String internalName) {
    return files.containsKey(internalName);
  }

  /** The remote functions of a name; empty if the code calls none of that name. */
  synchronized List<CodeSource.Function> functions(String name) {
    return contents.functions().getOrDefault(name, List.of());
  }

  /** What to send to another worker, so that it can do what this one can. */
  synchronized Export export() {
    if (export == null) {
      export = contents.export(codec);
    }
    return export;
  }

  /**
   * The variables as they are now.
   *
   * @param inline what a call is to bring along; null if the export has them, or there are none
   * @param refs the refs in them
   */
  record Captured(byte[] inline, List<ObjectRef<?>> refs) {}

  synchronized Captured variables() {
    if (contents.captured().isEmpty()) {
      return new Captured(null, List.of());
    }
    if (contents.values() != null) {
      return new Captured(null, shippedRefs);
    }
    ValueCodec.Graph now = read(contents.captured());
    return new Captured(now.bytes(), now.refs());
  }

  /** An export with the variables in it, and the refs in those. */
  record Whole(Export export, List<ObjectRef<?>> refs) {}

  /** As {@link #export}, with the variables in it. */
  synchronized Whole whole() {
    Captured now = variables();
    if (now.inline() == null) {
      return new Whole(export(), now.refs());
    }
    if (whole == null || !Arrays.equals(now.inline(), wholeValues)) {
      whole = contents.with(now.inline()).export(codec);
      wholeValues = now.inline();
      adopted.add(whole.hash());
    }
    return new Whole(whole, now.refs());
  }

  /**
   * Sets the captured variables, so that no task sees what an earlier one did to them.
   *
   * @param values from the call; null if the export has them
   */
  synchronized void apply(byte[] values) {
    if (values != null) {
      set(contents.captured(), values, contents.classes().keySet());
    } else if (shipped.values() != null) {
      set(shipped.captured(), shipped.values(), shipped.classes().keySet());
      if (shippedRefs == null) {
        shippedRefs = read(shipped.captured()).refs();
      }
    }
  }

  /** Whether {@link #adopt} has nothing to do for that export. */
  synchronized boolean knows(String hash) {
    return adopted.contains(hash);
  }

  /**
   * Takes in the classes of another export that are not here. A name stands for one class
   * throughout a session, so that what is here already serves as well.
   *
   * @param otherPath the loader of what is on its class path
   */
  synchronized void adopt(String hash, Contents other, ClassLoader otherPath) {
    if (!adopted.add(hash)) {
      return;
    }
    TreeMap<String, byte[]> classes = new TreeMap<>(contents.classes());
    Set<String> added = new LinkedHashSet<>();
    other
        .classes()
        .forEach((name, file) -> {
          if (classes.putIfAbsent(name, file) == null) {
            added.add(name);
            files.put(name, file);
          }
        });
    if (otherPath != getParent()) {
      otherPaths.add(otherPath);
    }
    TreeMap<String, List<CodeSource.Function>> functions = new TreeMap<>(other.functions());
    functions.putAll(contents.functions());
    if (added.isEmpty() && other.classPath().equals(contents.classPath())) {
      return;
    }
    if (other.values() != null) {
      set(other.captured(), other.values(), added);
    }
    Set<String> path = new LinkedHashSet<>(contents.classPath());
    path.addAll(other.classPath());
    merge(classes, functions, other, added, List.copyOf(path));
  }

  /** From now on this code is what both were; calls from here bring all variables along. */
  private void merge(
      TreeMap<String, byte[]> classes,
      TreeMap<String, List<CodeSource.Function>> functions,
      Contents other,
      Set<String> added,
      List<String> classPath) {
    Set<Member> captured = new LinkedHashSet<>(contents.captured());
    other.captured().stream().filter(each -> added.contains(each.owner())).forEach(captured::add);
    contents = new Contents(classes, List.copyOf(captured), null, functions, classPath);
    export = null;
    whole = null;
  }

  private ValueCodec.Graph read(List<Member> variables) {
    Object[] values = new Object[variables.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Variables.get(variable(variables.get(i)));
    }
    return codec.graph(values);
  }

  private void set(List<Member> variables, byte[] encoded, Set<String> owners) {
    Object[] values = (Object[]) codec.decode(new EncodedValue(encoded), this);
    for (int i = 0; i < values.length; i++) {
      if (owners.contains(variables.get(i).owner())) {
        Variables.set(variable(variables.get(i)), values[i]);
      }
    }
  }

  /** A static method of the code. */
  Method method(Member member) {
    return methods.computeIfAbsent(member, this::find);
  }

  private Method find(Member member) {
    try {
      Class<?> owner = Class.forName(member.owner().replace('/', '.'), true, this);
      MethodType type = MethodType.fromMethodDescriptorString(member.descriptor(), this);
      Method method = owner.getDeclaredMethod(member.name(), type.parameterArray());
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new RayException("the shipped code lacks its function " + member + ": " + e, e);
    }
  }

  private Field variable(Member member) {
    return Variables.find(member, this);
  }

  /** Whom it delegates to would open every jar of the class path to find that none has it. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!has(name.replace('.', '/')) && !isHelper(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  private static boolean isHelper(String name) {
    return name.endsWith("." + SessionLookup.SIMPLE_NAME);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isHelper(name)) {
      byte[] helper = SessionLookup.bytes(name.substring(0, name.lastIndexOf('.')));
      return defineClass(name, helper, 0, helper.length);
    }
    byte[] file = files.get(name.replace('.', '/'));
    if (file != null) {
      return defineClass(name, file, 0, file.length);
    }
    synchronized (this) {
      for (ClassLoader path : otherPaths) {
        try {
          return path.loadClass(name);
        } catch (ClassNotFoundException _) {
          // The next one may have it.
        }
      }
    }
    throw new ClassNotFoundException(name);
  }
}
