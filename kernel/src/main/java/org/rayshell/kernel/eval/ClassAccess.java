package org.rayshell.kernel.eval;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Knows which classes of a session need others of it in the very same loader: a member that is
 * neither public nor private can only be reached from there, and a sealed class only be extended.
 * Thread-safe.
 */
final class ClassAccess {
  private static final String SESSION = SessionClasses.PACKAGE + "/";

  /**
   * A class that is not the same to all others of the session.
   *
   * @param hidden what only its package may use; its own name for the class itself
   * @param sealed whether those that extend it must be in its module
   * @param supers what it extends and implements
   */
  private record Closed(Set<String> hidden, boolean sealed, List<String> supers) {
    boolean needsCompany() {
      return sealed || !hidden.isEmpty();
    }
  }

  private final Map<String, Closed> classes = new ConcurrentHashMap<>();

  /**
   * Whether the classes of a wrapper can be in a loader of their own. Those that they name must
   * have been asked for before, or be {@linkplain #declare declared}.
   */
  boolean alone(Collection<ClassModel> wrapper) {
    Set<String> own = new HashSet<>();
    wrapper.forEach(each -> own.add(each.thisClass().asInternalName()));
    return wrapper.stream()
        .allMatch(each -> !company(each.thisClass().asInternalName()) && reaches(each, own));
  }

  /** Takes down what others need to know of a class. */
  void declare(ClassModel model) {
    String name = model.thisClass().asInternalName();
    Set<String> hidden = new HashSet<>();
    if (!SessionClasses.isWrapper(name) && nameable(model, name)) {
      if (!model.flags().has(AccessFlag.PUBLIC)) {
        hidden.add(name);
      }
      model
          .fields()
          .forEach(each -> {
            if (isHidden(each.flags().flagsMask())) {
              hidden.add(key(each.fieldName().stringValue(), each.fieldType().stringValue()));
            }
          });
      model
          .methods()
          .forEach(each -> {
            boolean called = !each.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
            if (called && isHidden(each.flags().flagsMask())) {
              hidden.add(key(each.methodName().stringValue(), each.methodType().stringValue()));
            }
          });
    }
    boolean sealed = model.findAttribute(Attributes.permittedSubclasses()).isPresent();
    List<String> supers = supers(model);
    if (sealed || !hidden.isEmpty() || !supers.isEmpty()) {
      classes.put(name, new Closed(Set.copyOf(hidden), sealed, supers));
    }
  }

  /** Whether code of other snippets can name the class at all. */
  private static boolean nameable(ClassModel model, String name) {
    if (model.findAttribute(Attributes.enclosingMethod()).isPresent()) {
      return false;
    }
    return model
        .findAttribute(Attributes.innerClasses())
        .map(inner ->
            inner.classes().stream()
                .filter(each -> each.innerClass().asInternalName().equals(name))
                .map(InnerClassInfo::flags)
                .noneMatch(flags -> flags.contains(AccessFlag.PRIVATE)))
        .orElse(true);
  }

  private static boolean isHidden(int flags) {
    int open = AccessFlag.PUBLIC.mask() | AccessFlag.PRIVATE.mask();
    return (flags & open) == 0 && (flags & AccessFlag.SYNTHETIC.mask()) == 0;
  }

  private static List<String> supers(ClassModel model) {
    List<String> supers = new ArrayList<>();
    model.superclass().ifPresent(each -> supers.add(each.asInternalName()));
    model.interfaces().forEach(each -> supers.add(each.asInternalName()));
    supers.removeIf(each -> !each.startsWith(SESSION));
    return List.copyOf(supers);
  }

  /** Whether the class or one that it descends from must share its loader. */
  private boolean company(String name) {
    Closed closed = classes.get(name);
    return closed != null
        && (closed.needsCompany() || closed.supers.stream().anyMatch(this::company));
  }

  /** The binary names of the session's classes in its constant pool, itself among them. */
  static Stream<String> named(ClassModel model) {
    return StreamSupport.stream(model.constantPool().spliterator(), false)
        .filter(ClassEntry.class::isInstance)
        .map(entry -> element(((ClassEntry) entry).asInternalName()))
        .filter(each -> each.startsWith(SESSION))
        .map(each -> each.replace('/', '.'));
  }

  /** Whether all that the class names of others is for everyone. */
  private boolean reaches(ClassModel model, Set<String> own) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type) {
        String name = element(type.asInternalName());
        if (!own.contains(name) && hides(name, name)) {
          return false;
        }
      } else if (entry instanceof MemberRefEntry member) {
        String owner = element(member.owner().asInternalName());
        if (!own.contains(owner)
            && hides(owner, key(member.name().stringValue(), member.type().stringValue()))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hides(String owner, String member) {
    Closed closed = classes.get(owner);
    return closed != null
        && (closed.hidden.contains(member)
            || closed.supers.stream().anyMatch(each -> hides(each, member)));
  }

  /** The class of an array's elements, as an internal name. */
  private static String element(String name) {
    return name.startsWith("[") ? name.replaceFirst("\\[+L?", "").replace(";", "") : name;
  }

  private static String key(String member, String type) {
    return member + type;
  }
}
