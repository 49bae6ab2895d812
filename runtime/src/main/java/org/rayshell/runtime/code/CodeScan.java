package org.rayshell.runtime.code;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import org.rayshell.RayException;

/** Reads class files for what they name, and tells a {@link Closure}. */
final class CodeScan {
  private static final String REMOTE_CALLS = "org/rayshell/runtime/code/RemoteCalls";

  /** What JShell puts in the place of a body that names something undefined. */
  private static final String UNRESOLVED = "jdk/jshell/spi/SPIResolutionException";

  private final Closure closure;
  private final CodeSource source;

  CodeScan(Closure closure, CodeSource source) {
    this.closure = closure;
    this.source = source;
  }

  /** What a class is: its supertypes and the class it is nested in. */
  void header(ClassModel model) {
    model.superclass().ifPresent(parent -> closure.type(parent.asInternalName()));
    model.interfaces().forEach(parent -> closure.type(parent.asInternalName()));
    model
        .findAttribute(Attributes.nestHost())
        .ifPresent(host -> closure.type(host.nestHost().asInternalName()));
  }

  /** Everything in a user's type. */
  void body(String name, ClassModel model) {
    for (FieldModel field : model.fields()) {
      type(field.fieldTypeSymbol());
    }
    for (MethodModel method : model.methods()) {
      method(
          new Member(name, method.methodName().stringValue(), method.methodType().stringValue()),
          method);
    }
    model
        .findAttribute(Attributes.record())
        .ifPresent(record -> record.components().forEach(part -> type(part.descriptorSymbol())));
    model
        .findAttribute(Attributes.permittedSubclasses())
        .ifPresent(permits ->
            permits.permittedSubclasses().forEach(sub -> closure.type(sub.asInternalName())));
    model
        .findAttribute(Attributes.innerClasses())
        .ifPresent(inner ->
            inner.classes().stream()
                .map(each -> each.innerClass().asInternalName())
                .filter(each -> each.startsWith(name + "$"))
                .forEach(closure::type));
  }

  /** Everything that a method names. */
  void method(Member self, MethodModel method) {
    types(method.methodTypeSymbol());
    method
        .code()
        .ifPresent(code -> {
          ConstantDesc last = null;
          String name = null;
          for (CodeElement element : code) {
            if (element instanceof ConstantInstruction constant) {
              // A companion calls with its class literal, then the function's name.
              if (last instanceof ClassDesc && constant.constantValue() instanceof String text) {
                name = text;
              }
              last = constant.constantValue();
            }
            if (element instanceof InvokeInstruction call
                && name != null
                && call.owner().name().equalsString(REMOTE_CALLS)) {
              closure.function(name);
              name = null;
            }
            element(self, element);
          }
        });
  }

  private void element(Member self, CodeElement element) {
    switch (element) {
      case InvokeInstruction call -> {
        type(call.owner().asSymbol());
        types(call.typeSymbol());
        closure.method(
            new Member(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue()));
      }
      case FieldInstruction access -> field(self, access);
      case InvokeDynamicInstruction call -> {
        types(call.typeSymbol());
        constant(self, call.bootstrapMethod());
        call.bootstrapArgs().forEach(arg -> constant(self, arg));
      }
      case NewObjectInstruction made -> {
        if (made.className().asInternalName().equals(UNRESOLVED)) {
          throw new RayException(
              "cannot ship "
                  + Names.quoted(self, source)
                  + ": it uses names that are not defined yet; define them first");
        }
        type(made.className().asSymbol());
      }
      case NewReferenceArrayInstruction made -> type(made.componentType().asSymbol());
      case NewMultiArrayInstruction made -> type(made.arrayType().asSymbol());
      case TypeCheckInstruction check -> type(check.type().asSymbol());
      case ConstantInstruction.LoadConstantInstruction load
          when load.typeKind() == TypeKind.REFERENCE ->
          constant(self, load.constantValue());
      case ExceptionCatch caught -> caught.catchType().ifPresent(each -> type(each.asSymbol()));
      default -> {}
    }
  }

  private void field(Member self, FieldInstruction access) {
    type(access.owner().asSymbol());
    type(access.typeSymbol());
    Member field =
        new Member(
            access.owner().asInternalName(),
            access.name().stringValue(),
            access.type().stringValue());
    if (!closure.isWrapper(field.owner()) || !closure.isVariable(field)) {
      return;
    }
    if (access.opcode() == Opcode.GETSTATIC) {
      closure.read(field, self);
    } else {
      closure.write(field);
    }
  }

  private void constant(Member self, ConstantDesc constant) {
    switch (constant) {
      case ClassDesc type -> type(type);
      case MethodTypeDesc type -> types(type);
      case DirectMethodHandleDesc handle -> handle(self, handle);
      case DynamicConstantDesc<?> dynamic -> {
        type(dynamic.constantType());
        constant(self, dynamic.bootstrapMethod());
        dynamic.bootstrapArgsList().forEach(arg -> constant(self, arg));
      }
      default -> {}
    }
  }

  private void handle(Member self, DirectMethodHandleDesc handle) {
    type(handle.owner());
    Member member =
        new Member(internal(handle.owner()), handle.methodName(), handle.lookupDescriptor());
    switch (handle.kind()) {
      case STATIC_GETTER, STATIC_SETTER -> {
        if (closure.isWrapper(member.owner()) && closure.isVariable(member)) {
          closure.read(member, self);
        }
      }
      case GETTER, SETTER -> type(ClassDesc.ofDescriptor(handle.lookupDescriptor()));
      default -> {
        types(MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()));
        closure.method(member);
      }
    }
  }

  /** All types of a method's descriptor. */
  void types(MethodTypeDesc descriptor) {
    type(descriptor.returnType());
    descriptor.parameterList().forEach(this::type);
  }

  private void type(ClassDesc type) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isClassOrInterface()) {
      closure.type(internal(element));
    }
  }

  private static String internal(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface()
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }
}
