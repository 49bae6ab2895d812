package org.rayshell.kernel.eval;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the classes of cells stoppable: a check at each method's entry, before each branch
 * backwards and after calls of library code; and harmless: calls that would end the JVM throw
 * instead.
 */
final class Weaver {
  private static final ClassDesc CD_CHECK = ClassDesc.of(StopCheck.class.getName());
  private static final ClassDesc CD_EXIT = ClassDesc.of(ExitCalledException.class.getName());
  private static final ClassDesc CD_SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc CD_RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_void, CD_int);
  private static final String CHECK = "check";
  private static final String BACK = "back";

  private static final Set<String> BOXES =
      Set.of(
          "java/lang/Boolean",
          "java/lang/Byte",
          "java/lang/Character",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Math",
          "java/lang/Short");

  /** What carries a snippet: it is called once, by the kernel. */
  private static final String DO_IT = "do_it$";

  private Weaver() {}

  /**
   * The class with checks; the given one if nothing is to be changed.
   *
   * @param open whether a wrapper becomes public, so that others can name it from their loaders
   */
  static byte[] weave(byte[] classBytes, ClassHierarchyResolver hierarchy, boolean open) {
    ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = files.parse(classBytes);
    boolean wrapper = SessionClasses.isWrapper(model.thisClass().asInternalName());
    boolean opens = open && wrapper;
    if (!opens && model.methods().stream().noneMatch(each -> concerns(each, wrapper))) {
      return classBytes;
    }
    if (model.methods().stream()
        .anyMatch(
            each -> each.code().isPresent() && (!isCalledOnce(each, wrapper) || hasLoop(each)))) {
      StopCheck.prepare();
    }
    return files.transformClass(
        model,
        (made, element) -> {
          if (element instanceof MethodModel method && concerns(method, wrapper)) {
            Checks checks = new Checks(!isCalledOnce(method, wrapper));
            made.transformMethod(method, MethodTransform.transformingCode(checks));
          } else if (element instanceof AccessFlags flags && opens) {
            made.withFlags(flags.flagsMask() | AccessFlag.PUBLIC.mask());
          } else {
            made.with(element);
          }
        });
  }

  private static boolean concerns(MethodModel method, boolean wrapper) {
    return method.code().isPresent() && (!isCalledOnce(method, wrapper) || hasWork(method));
  }

  /** Whether it needs no check at its entry. */
  private static boolean isCalledOnce(MethodModel method, boolean wrapper) {
    return method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)
        || (wrapper
            && (method.methodName().equalsString(ConstantDescs.INIT_NAME)
                || method.methodName().stringValue().startsWith(DO_IT)));
  }

  private static boolean hasLoop(MethodModel method) {
    Set<Label> passed = new HashSet<>();
    for (CodeElement element : method.code().orElseThrow()) {
      if (element instanceof LabelTarget target) {
        passed.add(target.label());
      } else if (element instanceof BranchInstruction branch && passed.contains(branch.target())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it calls library code, other than what boxes values or makes objects out of nothing.
   */
  private static boolean mayTakeLong(InvokeInstruction call) {
    String owner = call.owner().name().stringValue();
    return !owner.startsWith(SessionClasses.PACKAGE + "/")
        && !BOXES.contains(owner)
        && !(owner.equals("java/lang/Object") && call.name().equalsString(ConstantDescs.INIT_NAME));
  }

  /** Whether something in it is to be woven. */
  private static boolean hasWork(MethodModel method) {
    Set<Label> passed = new HashSet<>();
    for (CodeElement element : method.code().orElseThrow()) {
      if (element instanceof LabelTarget target) {
        passed.add(target.label());
      } else if (element instanceof BranchInstruction branch && passed.contains(branch.target())
          || element instanceof InvokeInstruction call && mayTakeLong(call)
          || element instanceof InvokeDynamicInstruction dynamic
              && dynamic.bootstrapArgs().stream().anyMatch(Weaver::isExit)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is the handle of a method reference such as {@code System::exit}. */
  private static boolean isExit(ConstantDesc argument) {
    return argument instanceof DirectMethodHandleDesc handle
        && (handle.methodName().equals("exit") || handle.methodName().equals("halt"))
        && (handle.owner().equals(CD_SYSTEM) || handle.owner().equals(CD_RUNTIME));
  }

  private static boolean isExit(InvokeInstruction call, String name) {
    return call.name().equalsString(name)
        && call.type().equalsString("(I)V")
        && (call.owner().name().equalsString("java/lang/System")
            || call.owner().name().equalsString("java/lang/Runtime"));
  }

  private static final class Checks implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();
    private final boolean atEntry;

    Checks(boolean atEntry) {
      this.atEntry = atEntry;
    }

    @Override
    public void atStart(CodeBuilder code) {
      if (atEntry) {
        check(code);
      }
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction branch when passed.contains(branch.target()) -> check(code);
        case InvokeInstruction call when isExit(call, "exit") -> {
          exit(code, call, "exit");
          return;
        }
        case InvokeInstruction call when isExit(call, "halt") -> {
          exit(code, call, "halt");
          return;
        }
        case InvokeDynamicInstruction call
            when call.bootstrapArgs().stream().anyMatch(Weaver::isExit) -> {
          code.invokedynamic(harmless(call));
          return;
        }
        default -> {}
      }
      code.with(element);
      if (element instanceof InvokeInstruction call && mayTakeLong(call)) {
        code.invokestatic(CD_CHECK, BACK, MTD_void);
      }
    }

    private static DynamicCallSiteDesc harmless(InvokeDynamicInstruction call) {
      ConstantDesc[] arguments =
          call.bootstrapArgs().stream()
              .map(each -> isExit(each) ? trap((DirectMethodHandleDesc) each) : each)
              .toArray(ConstantDesc[]::new);
      return DynamicCallSiteDesc.of(
          call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static ConstantDesc trap(DirectMethodHandleDesc handle) {
      return MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          CD_EXIT,
          handle.methodName(),
          handle.invocationType());
    }

    private static void exit(CodeBuilder code, InvokeInstruction call, String name) {
      code.invokestatic(CD_EXIT, name, EXIT);
      if (call.owner().name().equalsString("java/lang/Runtime")) {
        code.pop();
      }
    }

    private static void check(CodeBuilder code) {
      code.invokestatic(CD_CHECK, CHECK, MTD_void);
    }
  }
}
