package org.rayshell.runtime.code;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.rayshell.Call0;
import org.rayshell.Call1;
import org.rayshell.Call2;
import org.rayshell.RayException;
import org.rayshell.RefCall1;
import org.rayshell.RefCall2;
import org.rayshell.Run0;

/**
 * Calls lambdas by the one abstract method of their interface: the usual ones without reflection.
 */
final class CallInterfaces {
  private static final ClassValue<Method> METHODS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          return abstractOf(type);
        }
      };

  private CallInterfaces() {}

  /** Calls it; the arguments are values, also where the interface is one of refs. */
  @SuppressWarnings("unchecked")
  static Object call(Object lambda, Object[] args) throws Throwable {
    if (lambda instanceof Call0<?> call) {
      return call.call();
    }
    if (lambda instanceof Run0 work) {
      work.run();
      return null;
    }
    if (lambda instanceof RefCall1<?, ?> call) {
      return ((RefCall1<Object, Object>) call).callR(args[0]);
    }
    if (lambda instanceof Call1<?, ?> call) {
      return ((Call1<Object, Object>) call).call(args[0]);
    }
    if (lambda instanceof Call2<?, ?, ?> call
        && !(call instanceof RefCall2.RV<?, ?, ?>)
        && !(call instanceof RefCall2.VR<?, ?, ?>)) {
      return ((Call2<Object, Object, Object>) call).call(args[0], args[1]);
    }
    try {
      return method(lambda).invoke(lambda, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Method method(Object lambda) {
    for (Class<?> face : lambda.getClass().getInterfaces()) {
      Method method = METHODS.get(face);
      if (method != null) {
        return method;
      }
    }
    throw new RayException("not a lambda: " + lambda.getClass().getTypeName());
  }

  private static Method abstractOf(Class<?> face) {
    for (Method method : face.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        method.setAccessible(true);
        return method;
      }
    }
    return null;
  }
}
