package org.rayshell.kernel.eval;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;

/**
 * Whether what a class needs of a package is there: the JVM would find out member by member, when
 * each is first used. Without state.
 */
final class Linkage {
  private Linkage() {}

  /**
   * Looks up all members of the lookup's package that the class names.
   *
   * @param own what is not looked up, by internal name
   * @throws ReflectiveOperationException if one is not there, or is another; names it
   */
  static void check(byte[] bytes, MethodHandles.Lookup lookup, Set<String> own)
      throws ReflectiveOperationException {
    String packageName = lookup.lookupClass().getPackageName().replace('.', '/') + "/";
    for (PoolEntry each : ClassFile.of().parse(bytes).constantPool()) {
      if (each instanceof MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        if (owner.startsWith(packageName) && !own.contains(owner)) {
          check(member, lookup.findClass(owner.replace('/', '.')));
        }
      }
    }
  }

  private static void check(MemberRefEntry member, Class<?> owner)
      throws ReflectiveOperationException {
    String name = member.name().stringValue();
    String descriptor = member.type().stringValue();
    MethodType type =
        MethodType.fromMethodDescriptorString(
            member instanceof FieldRefEntry ? "()" + descriptor : descriptor,
            owner.getClassLoader());
    boolean there;
    if (member instanceof FieldRefEntry) {
      there = hasField(owner, name, type.returnType());
    } else if (name.equals(ConstantDescs.INIT_NAME)) {
      there = isOpen(owner.getDeclaredConstructor(type.parameterArray()));
    } else {
      there = hasMethod(owner, name, type);
    }
    if (!there) {
      throw new NoSuchMethodException(owner.getName() + "." + name + descriptor);
    }
  }

  private static boolean hasField(Class<?> owner, String name, Class<?> type) {
    for (Class<?> each = owner; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name) && field.getType() == type && isOpen(field)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasMethod(Class<?> owner, String name, MethodType type) {
    for (Class<?> each = owner; each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getReturnType() == type.returnType()
            && type.parameterList().equals(List.of(method.getParameterTypes()))
            && isOpen(method)) {
          return true;
        }
      }
      for (Class<?> inherited : each.getInterfaces()) {
        if (hasMethod(inherited, name, type)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOpen(Member member) {
    return !Modifier.isPrivate(member.getModifiers());
  }
}
