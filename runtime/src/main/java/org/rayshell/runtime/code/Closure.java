package org.rayshell.runtime.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a worker needs of a session to run given code: its classes, user types whole and wrappers
 * stripped to what is reached, the variables that are read, and the remote functions that are
 * called. One thread's.
 */
final class Closure {
  private static final String CLASS_INITIALISER = "<clinit>";

  private final CodeSource source;
  private final Map<String, ClassModel> models = new HashMap<>();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final TreeSet<String> types = new TreeSet<>();
  private final TreeSet<Member> methods = new TreeSet<>();
  private final TreeMap<Member, Member> reads = new TreeMap<>();
  private final TreeSet<Member> writes = new TreeSet<>();
  private final TreeMap<String, List<CodeSource.Function>> functions = new TreeMap<>();

  Closure(CodeSource source) {
    this.source = source;
  }

  /** Reaches a method and all that it needs. */
  void method(Member method) {
    if (!source.isSessionClass(method.owner())) {
      return;
    }
    type(method.owner());
    if (source.isWrapper(method.owner()) && methods.add(method)) {
      work.add(() -> scan(method));
    }
  }

  /** Reaches a class; if it is a user's type, all that it needs. */
  void type(String name) {
    if (!source.isSessionClass(name) || !types.add(name)) {
      return;
    }
    work.add(() -> scan(name));
  }

  /** Reaches a remote function by its name, all overloads, as a companion calls it. */
  void function(String name) {
    if (functions.containsKey(name)) {
      return;
    }
    List<CodeSource.Function> overloads = List.copyOf(source.functions(name));
    functions.put(name, overloads);
    for (CodeSource.Function each : overloads) {
      method(new Member(each.owner(), each.method(), each.descriptor()));
    }
  }

  /** A variable of the session is read. */
  void read(Member field, Member reader) {
    type(field.owner());
    reads.putIfAbsent(field, reader);
  }

  /** A variable of the session is written. */
  void write(Member field) {
    type(field.owner());
    writes.add(field);
  }

  boolean isWrapper(String name) {
    return source.isSessionClass(name) && source.isWrapper(name);
  }

  /** Follows everything that was reached, until there is no more. */
  void complete() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }

  Set<String> types() {
    return types;
  }

  /** The variables that are read, each with a method that does. */
  Map<Member, Member> reads() {
    return reads;
  }

  TreeMap<String, List<CodeSource.Function>> functions() {
    return functions;
  }

  /** The class files. */
  TreeMap<String, byte[]> classFiles() {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (String name : types) {
      files.put(name, source.isWrapper(name) ? stripped(name) : source.classBytes(name));
    }
    return files;
  }

  private void scan(Member method) {
    for (MethodModel each : model(method.owner()).methods()) {
      if (each.methodName().equalsString(method.name())
          && each.methodType().equalsString(method.descriptor())) {
        new CodeScan(this, source).method(method, each);
        return;
      }
    }
    // Inherited: its class is reached as a supertype.
  }

  private void scan(String name) {
    CodeScan scan = new CodeScan(this, source);
    ClassModel model = model(name);
    scan.header(model);
    if (!source.isWrapper(name)) {
      scan.body(name, model);
    }
  }

  private ClassModel model(String name) {
    return models.computeIfAbsent(name, n -> ClassFile.of().parse(source.classBytes(n)));
  }

  private byte[] stripped(String name) {
    ClassModel model = model(name);
    return ClassFile.of()
        .transformClass(
            model,
            ClassTransform.dropping(element ->
                switch (element) {
                  case MethodModel method -> !keeps(name, method);
                  case FieldModel field -> !keeps(name, field);
                  default -> false;
                }));
  }

  private boolean keeps(String owner, MethodModel method) {
    String name = method.methodName().stringValue();
    return name.equals("<init>")
        || methods.contains(new Member(owner, name, method.methodType().stringValue()));
  }

  private boolean keeps(String owner, FieldModel field) {
    Member member =
        new Member(owner, field.fieldName().stringValue(), field.fieldType().stringValue());
    return reads.containsKey(member) || writes.contains(member) || isMade(field);
  }

  /** Whether the compiler made the field for itself, as it does for {@code assert}. */
  private static boolean isMade(FieldModel field) {
    return field.flags().has(AccessFlag.SYNTHETIC);
  }

  /**
   * Whether a field of a wrapper is a variable of the session. One that the compiler made is not:
   * the class initialiser, which is kept for it, sets it on the worker.
   */
  boolean isVariable(Member field) {
    for (FieldModel each : model(field.owner()).fields()) {
      if (each.fieldName().equalsString(field.name()) && isMade(each)) {
        method(new Member(field.owner(), CLASS_INITIALISER, "()V"));
        return false;
      }
    }
    return true;
  }
}
