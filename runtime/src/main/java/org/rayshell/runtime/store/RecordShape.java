package org.rayshell.runtime.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * A record's components and its canonical constructor; immutable.
 *
 * @param fields the component fields, in order
 * @param constructor takes all components as one array
 */
record RecordShape(List<Field> fields, MethodHandle constructor) {
  static RecordShape of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Field[] fields = new Field[components.length];
      for (int i = 0; i < components.length; i++) {
        fields[i] = type.getDeclaredField(components[i].getName());
        fields[i].setAccessible(true);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      MethodHandle constructor =
          MethodHandles.lookup()
              .unreflectConstructor(canonical)
              .asFixedArity()
              .asType(MethodType.genericMethodType(types.length))
              .asSpreader(Object[].class, types.length);
      return new RecordShape(List.of(fields), constructor);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw Refusals.closed(type, e);
    }
  }

  /** A record of these components. */
  Object make(Object[] components) {
    try {
      return constructor.invoke(components);
    } catch (Throwable e) {
      throw new DamagedValueException(
          "the constructor of a record refused its own components: " + e, e);
    }
  }
}
