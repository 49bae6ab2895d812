package org.rayshell.runtime.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The fields of a plain class, and a way to make an object of it without running its constructors;
 * immutable. Transient fields stay behind, as they do everywhere in Java.
 *
 * @param type the class
 * @param fields its fields and those it inherits from classes outside the JDK
 * @param allocator runs only the constructor of the nearest superclass in the JDK
 */
record ObjectShape(Class<?> type, List<Field> fields, Constructor<?> allocator) {
  /**
   * The shape of a class.
   *
   * @param base its nearest superclass in the JDK
   */
  static ObjectShape of(Class<?> type, Class<?> base) {
    try {
      List<Field> fields = new ArrayList<>();
      for (Class<?> level = type; level != base; level = level.getSuperclass()) {
        Field[] own = level.getDeclaredFields();
        Arrays.sort(own, Comparator.comparing(Field::getName));
        for (Field field : own) {
          if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
            field.setAccessible(true);
            fields.add(field);
          }
        }
      }
      return new ObjectShape(type, List.copyOf(fields), allocator(type, base));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw Refusals.closed(type, e);
    }
  }

  /** A new object whose fields are unset. */
  Object allocate() {
    try {
      return allocator.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new DamagedValueException("cannot make a " + type.getName() + ": " + e, e);
    }
  }

  /**
   * The JDK's own way to deserialize. Its class is of the module jdk.unsupported and has no
   * supported twin; the compiler would warn of a direct use whatever we do.
   */
  private static Constructor<?> allocator(Class<?> type, Class<?> base)
      throws ReflectiveOperationException {
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
    return (Constructor<?>)
        factory
            .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(
                factory.getMethod("getReflectionFactory").invoke(null),
                type,
                base.getDeclaredConstructor());
  }
}
