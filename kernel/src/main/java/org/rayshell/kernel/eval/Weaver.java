package org.rayshell.kernel.eval;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the classes of cells stoppable: a check at each method's entry and before each branch
 * backwards; and harmless: calls that would end the JVM throw instead.
 */
final class Weaver {
  /** The generated class that the checks call; one a session. */
  static final String CHECKS = SessionClasses.PACKAGE + ".$RayShell$Checks";

  /** Its static field, a {@link Runnable}: what a check runs, null for nothing. */
  static final String ON_CHECK = "onCheck";

  private static final ClassDesc CD_CHECKS = ClassDesc.of(CHECKS);
  private static final ClassDesc CD_RUNNABLE = ClassDesc.of("java.lang.Runnable");
  private static final ClassDesc CD_EXIT = ClassDesc.of(ExitCalledException.class.getName());
  private static final ClassDesc CD_SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc CD_RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_void, CD_int);
  private static final String CHECK = "check";

  private Weaver() {}

  /** The bytes of the class that is called {@link #CHECKS}. */
  static byte[] checksClass() {
    int shared = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
    return ClassFile.of()
        .build(
            CD_CHECKS,
            made ->
                made.withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                    .withField(ON_CHECK, CD_RUNNABLE, shared | ClassFile.ACC_VOLATILE)
                    .withMethodBody(CHECK, MTD_void, shared, Weaver::checkBody));
  }

  private static void checkBody(CodeBuilder code) {
    code.getstatic(CD_CHECKS, ON_CHECK, CD_RUNNABLE)
        .dup()
        .ifThenElse(
            java.lang.classfile.Opcode.IFNONNULL,
            then -> then.invokeinterface(CD_RUNNABLE, "run", MTD_void).return_(),
            otherwise -> otherwise.pop().return_());
  }

  /** The class with checks. */
  static byte[] weave(byte[] classBytes, ClassHierarchyResolver hierarchy) {
    ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    return files.transformClass(
        files.parse(classBytes),
        ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Checks::new)));
  }

  private static final class Checks implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();

    @Override
    public void atStart(CodeBuilder code) {
      check(code);
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
            when call.bootstrapArgs().stream().anyMatch(Checks::isExit) -> {
          code.invokedynamic(harmless(call));
          return;
        }
        default -> {}
      }
      code.with(element);
    }

    /** Whether it is the handle of a method reference such as {@code System::exit}. */
    private static boolean isExit(ConstantDesc argument) {
      return argument instanceof DirectMethodHandleDesc handle
          && (handle.methodName().equals("exit") || handle.methodName().equals("halt"))
          && (handle.owner().equals(CD_SYSTEM) || handle.owner().equals(CD_RUNTIME));
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

    private static boolean isExit(InvokeInstruction call, String name) {
      return call.name().equalsString(name)
          && call.type().equalsString("(I)V")
          && (call.owner().name().equalsString("java/lang/System")
              || call.owner().name().equalsString("java/lang/Runtime"));
    }

    private static void exit(CodeBuilder code, InvokeInstruction call, String name) {
      code.invokestatic(CD_EXIT, name, EXIT);
      if (call.owner().name().equalsString("java/lang/Runtime")) {
        code.pop();
      }
    }

    private static void check(CodeBuilder code) {
      code.invokestatic(CD_CHECKS, CHECK, MTD_void);
    }
  }
}
