package org.rayshell.runtime.code;

import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.SerializedLambda;
import java.util.Set;
import java.util.TreeSet;
import org.rayshell.runtime.store.SessionCode;

/**
 * Where a {@link Closure} begins; immutable.
 *
 * @param methods methods that are called
 * @param types classes of objects, by internal name
 * @param signatures descriptors whose types are needed
 */
record Roots(Set<Member> methods, Set<String> types, Set<String> signatures) {
  static final Roots NONE = new Roots(Set.of(), Set.of(), Set.of());

  static Roots of(CodeSource.Function function) {
    Member method = new Member(function.owner(), function.method(), function.descriptor());
    return new Roots(Set.of(method), Set.of(), Set.of());
  }

  /** What objects bring along. */
  static Roots of(SessionCode.Seen seen) {
    Set<Member> methods = new TreeSet<>();
    Set<String> types = new TreeSet<>();
    Set<String> signatures = new TreeSet<>();
    for (Class<?> type : seen.classes()) {
      types.add(internal(type));
    }
    for (SerializedLambda form : seen.lambdas()) {
      types.add(form.getCapturingClass());
      types.add(form.getFunctionalInterfaceClass());
      signatures.add(form.getImplMethodSignature());
      signatures.add(form.getInstantiatedMethodType());
      types.add(form.getImplClass());
      methods.add(
          new Member(form.getImplClass(), form.getImplMethodName(), form.getImplMethodSignature()));
    }
    return new Roots(methods, types, signatures);
  }

  /** The internal name of a class, of what an array is made of, or of where a lambda stands. */
  static String internal(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return (element.isHidden() ? element.getNestHost() : element).getName().replace('.', '/');
  }

  boolean containsAll(Roots others) {
    return methods.containsAll(others.methods)
        && types.containsAll(others.types)
        && signatures.containsAll(others.signatures);
  }

  Roots and(Roots others) {
    return new Roots(
        union(methods, others.methods),
        union(types, others.types),
        union(signatures, others.signatures));
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  void reach(Closure closure, CodeSource source) {
    CodeScan scan = new CodeScan(closure, source);
    types.forEach(closure::type);
    methods.forEach(closure::method);
    signatures.forEach(each -> scan.types(MethodTypeDesc.ofDescriptor(each)));
  }
}
