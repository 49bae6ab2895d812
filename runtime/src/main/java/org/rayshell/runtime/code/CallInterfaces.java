package org.rayshell.runtime.code;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.rayshell.RayException;

/** Finds what to call of a lambda: the one abstract method of its interface. */
final class CallInterfaces {
  private static final ClassValue<Method> METHODS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          return abstractOf(type);
        }
      };

  private CallInterfaces() {}

  static Method method(Object lambda) {
    for (Class<?> type = lambda.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> face : type.getInterfaces()) {
        Method method = METHODS.get(face);
        if (method != null) {
          return method;
        }
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
