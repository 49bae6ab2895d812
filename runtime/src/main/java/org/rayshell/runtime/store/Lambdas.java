package org.rayshell.runtime.store;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lambdas and method references, taken apart and made again: those of a session's classes as their
 * call sites would make them, others by what the compiler generated for it. Thread-safe.
 */
public final class Lambdas {
  private static final ClassValue<Method> WRITE_REPLACE =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          try {
            Method method = type.getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            return method;
          } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("not a serializable lambda: " + type, e);
          }
        }
      };

  private static final ClassValue<Map<Form, MethodHandle>> FACTORIES =
      new ClassValue<>() {
        @Override
        protected Map<Form, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** What the compiler generates in a class with serializable lambdas. */
  private static final ClassValue<MethodHandle> DESERIALIZERS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findStatic(type, DESERIALIZER, DESERIALIZER_TYPE);
          } catch (ReflectiveOperationException e) {
            throw new DamagedValueException("no serializable lambda is of " + type.getName(), e);
          }
        }
      };

  private static final String DESERIALIZER = "$deserializeLambda$";
  private static final MethodType DESERIALIZER_TYPE =
      MethodType.methodType(Object.class, SerializedLambda.class);

  private Lambdas() {}

  /** Whether the class was spun for a lambda or a method reference. */
  public static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
  }

  /** What the lambda calls and captures. */
  public static SerializedLambda form(Object lambda) {
    try {
      return (SerializedLambda) WRITE_REPLACE.get(lambda.getClass()).invoke(lambda);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot take apart " + lambda.getClass(), e);
    }
  }

  /** Where the lambda stands, for messages. */
  static String home(SerializedLambda form) {
    return form.getCapturingClass().replace('/', '.');
  }

  /** All but the captured variables. */
  static void write(ByteSink out, SerializedLambda form) {
    out.text(form.getCapturingClass());
    out.text(form.getFunctionalInterfaceClass());
    out.text(form.getFunctionalInterfaceMethodName());
    out.text(form.getFunctionalInterfaceMethodSignature());
    out.u1(form.getImplMethodKind());
    out.text(form.getImplClass());
    out.text(form.getImplMethodName());
    out.text(form.getImplMethodSignature());
    out.text(form.getInstantiatedMethodType());
  }

  /** What {@link #write} wrote. */
  static Form read(ByteSource in) {
    return new Form(
        in.text(), in.text(), in.text(), in.text(), in.u1(), in.text(), in.text(), in.text(),
        in.text());
  }

  /** A lambda without its captured variables; names are internal, types are descriptors. */
  record Form(
      String capturing,
      String functional,
      String method,
      String methodType,
      int kind,
      String owner,
      String name,
      String type,
      String instantiated) {

    /** The lambda again. */
    Object make(ClassLoader loader, SessionCode session, Object[] captured) {
      try {
        Class<?> caller = Class.forName(capturing.replace('/', '.'), false, loader);
        if (!session.owns(caller)) {
          return DESERIALIZERS.get(caller).invoke(serialized(caller, captured));
        }
        // One factory a lambda, as a call site has one: each factory is a class of its own.
        Map<Form, MethodHandle> factories = FACTORIES.get(caller);
        MethodHandle factory = factories.get(this);
        if (factory == null) {
          factory = factory(loader, session.lookupIn(caller), captured.length);
          factories.put(this, factory);
        }
        return factory.invokeWithArguments(captured);
      } catch (Throwable e) {
        throw new DamagedValueException(
            "a lambda of " + capturing.replace('/', '.') + " cannot be made again: " + e, e);
      }
    }

    private SerializedLambda serialized(Class<?> caller, Object[] captured) {
      return new SerializedLambda(
          caller, functional, method, methodType, kind, owner, name, type, instantiated, captured);
    }

    private MethodHandle factory(ClassLoader loader, MethodHandles.Lookup lookup, int captured)
        throws ReflectiveOperationException, LambdaConversionException {
      MethodHandle implementation = implementation(loader, lookup);
      Class<?> face = Class.forName(functional.replace('/', '.'), false, loader);
      MethodType all = implementation.type();
      CallSite site =
          LambdaMetafactory.altMetafactory(
              lookup,
              method,
              all.dropParameterTypes(captured, all.parameterCount()).changeReturnType(face),
              MethodType.fromMethodDescriptorString(methodType, loader),
              implementation,
              MethodType.fromMethodDescriptorString(instantiated, loader),
              LambdaMetafactory.FLAG_SERIALIZABLE);
      return site.getTarget();
    }

    private MethodHandle implementation(ClassLoader loader, MethodHandles.Lookup lookup)
        throws ReflectiveOperationException {
      Class<?> holder = Class.forName(owner.replace('/', '.'), false, loader);
      MethodType signature = MethodType.fromMethodDescriptorString(type, loader);
      return switch (kind) {
        case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(holder, name, signature);
        case MethodHandleInfo.REF_newInvokeSpecial ->
            lookup.findConstructor(holder, signature.changeReturnType(void.class));
        case MethodHandleInfo.REF_invokeSpecial ->
            lookup.findSpecial(holder, name, signature, lookup.lookupClass());
        case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface ->
            lookup.findVirtual(holder, name, signature);
        default -> throw new NoSuchMethodException("kind=" + kind);
      };
    }
  }
}
