package org.rayshell.runtime.code;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes every lambda and method reference of a class serializable, so that it can be shipped
 * without a cast: the session's classes pass through here when they are loaded.
 */
public final class LambdaSerialization {
  private static final ClassDesc FACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");
  private static final DirectMethodHandleDesc ALT =
      MethodHandleDesc.ofMethod(
          Kind.STATIC,
          FACTORY,
          "altMetafactory",
          MethodTypeDesc.of(
              CD_CallSite,
              CD_MethodHandles_Lookup,
              CD_String,
              CD_MethodType,
              CD_Object.arrayType()));

  /** Erased type, implementation, type; flags come next if there are any. */
  private static final int PLAIN_ARGS = 3;

  private LambdaSerialization() {}

  /**
   * The class with the flag for serializable set at every call site that makes a lambda; the given
   * one if it makes none.
   *
   * @param classBytes a class file
   * @param hierarchy knows the classes that it names, for stack maps
   */
  public static byte[] makeSerializable(byte[] classBytes, ClassHierarchyResolver hierarchy) {
    ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = files.parse(classBytes);
    if (model.findAttribute(Attributes.bootstrapMethods()).isEmpty()) {
      return classBytes;
    }
    CodeTransform code =
        (builder, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isLambda(call)) {
            builder.invokedynamic(serializable(call));
          } else {
            builder.with(element);
          }
        };
    return files.transformClass(model, ClassTransform.transformingMethodBodies(code));
  }

  private static boolean isLambda(InvokeDynamicInstruction call) {
    String name = call.bootstrapMethod().methodName();
    return call.bootstrapMethod().owner().equals(FACTORY)
        && (name.equals("metafactory") || name.equals("altMetafactory"));
  }

  private static DynamicCallSiteDesc serializable(InvokeDynamicInstruction call) {
    List<ConstantDesc> args = new ArrayList<>(call.bootstrapArgs());
    if (args.size() == PLAIN_ARGS) {
      args.add(LambdaMetafactory.FLAG_SERIALIZABLE);
    } else {
      args.set(PLAIN_ARGS, (int) args.get(PLAIN_ARGS) | LambdaMetafactory.FLAG_SERIALIZABLE);
    }
    return DynamicCallSiteDesc.of(
        ALT, call.name().stringValue(), call.typeSymbol(), args.toArray(ConstantDesc[]::new));
  }
}
