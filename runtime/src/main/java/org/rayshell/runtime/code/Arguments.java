package org.rayshell.runtime.code;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.rayshell.RayException;

/** Says why a function does not take the arguments it was given. */
final class Arguments {
  private Arguments() {}

  static RayException refused(Method method, Object[] args, IllegalArgumentException cause) {
    Class<?>[] types = method.getParameterTypes();
    String name = method.getName();
    if (types.length != args.length) {
      return new RayException(
          "`" + name + "` takes " + types.length + " arguments: given=" + args.length, cause);
    }
    for (int i = 0; i < types.length; i++) {
      Class<?> boxed = MethodType.methodType(types[i]).wrap().returnType();
      if (args[i] == null ? types[i].isPrimitive() : !boxed.isInstance(args[i])) {
        String given = args[i] == null ? "null" : "a " + args[i].getClass().getTypeName();
        return new RayException(
            String.format(
                "argument %d of `%s` must be of type %s but is %s; was it a ref of another type?",
                i + 1, name, types[i].getTypeName(), given),
            cause);
      }
    }
    return new RayException("`" + name + "` refused its arguments: " + cause.getMessage(), cause);
  }
}
