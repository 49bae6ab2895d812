package org.rayshell.runtime.code;

import java.lang.reflect.Field;
import org.rayshell.RayException;

/** The session's variables: static fields of wrappers. */
final class Variables {
  private Variables() {}

  static Field find(Member variable, ClassLoader loader) {
    try {
      Field field =
          loader.loadClass(variable.owner().replace("/", ".")).getDeclaredField(variable.name());
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new RayException("the session's code lacks its variable " + variable, e);
    }
  }

  static Object get(Field variable) {
    try {
      return variable.get(null);
    } catch (IllegalAccessException e) {
      throw new RayException("cannot read the variable " + variable, e);
    }
  }

  static void set(Field variable, Object value) {
    try {
      variable.set(null, value);
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new RayException("cannot set the variable " + variable + ": " + e.getMessage(), e);
    }
  }
}
