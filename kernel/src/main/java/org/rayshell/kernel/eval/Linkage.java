package org.rayshell.kernel.eval;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
          check(member, lookup.findClass(owner.replace('/', '.')), lookup);
        }
      }
    }
  }

  private static void check(MemberRefEntry member, Class<?> owner, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException {
    String name = member.name().stringValue();
    String descriptor = member.type().stringValue();
    MethodType type =
        MethodType.fromMethodDescriptorString(
            member instanceof FieldRefEntry ? "()" + descriptor : descriptor,
            owner.getClassLoader());
    try {
      switch (member) {
        case FieldRefEntry _ -> lookup.findGetter(owner, name, type.returnType());
        case MemberRefEntry _ when name.equals(ConstantDescs.INIT_NAME) ->
            lookup.findConstructor(owner, type);
        default -> lookup.findVirtual(owner, name, type);
      }
    } catch (IllegalAccessException e) {
      // That is said of static members, too.
      if (member instanceof FieldRefEntry) {
        lookup.findStaticGetter(owner, name, type.returnType());
      } else {
        lookup.findStatic(owner, name, type);
      }
    }
  }
}
