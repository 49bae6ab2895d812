package org.rayshell.runtime.code;

import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;

/**
 * A generated class that gives away a {@code Lookup} of its own package and loader. Lambdas of a
 * loader's classes can only be made by a lookup of that same loader.
 */
public final class SessionLookup {
  /** The simple name of the generated class. */
  public static final String SIMPLE_NAME = "$RayShell$Lookup";

  private static final String METHOD = "lookup";

  private SessionLookup() {}

  /** The class's bytes for a package such as {@code REPL}; any package may have one. */
  public static byte[] bytes(String packageName) {
    ClassDesc lookups = ClassDesc.of("java.lang.invoke.MethodHandles");
    MethodTypeDesc type = MethodTypeDesc.of(CD_MethodHandles_Lookup);
    return ClassFile.of()
        .build(
            ClassDesc.of(packageName, SIMPLE_NAME),
            made ->
                made.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                    .withMethodBody(
                        METHOD,
                        type,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.invokestatic(lookups, METHOD, type).areturn()));
  }

  /**
   * A lookup with full rights in a class of a session, as its own code has.
   *
   * @throws ReflectiveOperationException if the class's loader has no helper in its package
   */
  static MethodHandles.Lookup privateIn(Class<?> type) throws ReflectiveOperationException {
    String name = type.getPackageName() + "." + SIMPLE_NAME;
    Class<?> helper = Class.forName(name, true, type.getClassLoader());
    Object lookup = helper.getMethod(METHOD).invoke(null);
    return MethodHandles.privateLookupIn(type, (MethodHandles.Lookup) lookup);
  }
}
