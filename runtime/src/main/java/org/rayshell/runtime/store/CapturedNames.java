package org.rayshell.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.List;

/** The names of the variables that lambdas capture, for messages. */
final class CapturedNames {
  private CapturedNames() {}

  /** The name of a captured variable in backquotes; empty if the class file does not tell. */
  static String quoted(SerializedLambda form, int captured, SessionCode session) {
    byte[] file = file(form.getImplClass(), session);
    if (file == null) {
      return "";
    }
    for (MethodModel method : ClassFile.of().parse(file).methods()) {
      if (method.methodName().equalsString(form.getImplMethodName())
          && method.methodType().equalsString(form.getImplMethodSignature())) {
        int slot = slot(form, captured);
        return method.code().map(code -> name(code, slot)).orElse("");
      }
    }
    return "";
  }

  private static byte[] file(String internalName, SessionCode session) {
    if (session.owns(internalName)) {
      return session.classFile(internalName);
    }
    ClassLoader loader = CapturedNames.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException _) {
      return null;
    }
  }

  private static int slot(SerializedLambda form, int captured) {
    boolean isStatic = form.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic;
    List<ClassDesc> types =
        MethodTypeDesc.ofDescriptor(form.getImplMethodSignature()).parameterList();
    if (!isStatic && captured == 0) {
      return 0;
    }
    int slot = isStatic ? 0 : 1;
    for (ClassDesc type : types.subList(0, isStatic ? captured : captured - 1)) {
      slot += TypeKind.from(type).slotSize();
    }
    return slot;
  }

  private static String name(CodeModel code, int slot) {
    for (var element : code) {
      if (element instanceof LocalVariable variable && variable.slot() == slot) {
        return " `" + variable.name().stringValue() + "`";
      }
    }
    return "";
  }
}
