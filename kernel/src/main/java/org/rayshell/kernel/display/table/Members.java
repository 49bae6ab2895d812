package org.rayshell.kernel.display.table;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of an object: a record's components, the fields of another class that can be read,
 * the entries of a map, the elements of an array or list. Confined to one thread.
 */
public final class Members {
  /** What an object is shown as that has none of these. */
  static final String VALUE = "value";

  /** Reads one column of an object. */
  private interface Reader {
    Object read(Object from) throws ReflectiveOperationException;
  }

  private final Map<Class<?>, Map<String, Reader>> known = new HashMap<>();

  /** The names of the object's columns; maps and arrays have their own. */
  public Iterable<String> names(Object row) {
    return readers(row.getClass()).keySet();
  }

  /** The value of the object's column; {@link Rows.Failure} if it could not be read. */
  public Object read(Object row, String column) {
    Reader reader = readers(row.getClass()).get(column);
    if (reader == null) {
      return Rows.ABSENT;
    }
    try {
      return reader.read(row);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error && !(error instanceof AssertionError)) {
        throw error;
      }
      return new Rows.Failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      return new Rows.Failure(e);
    }
  }

  private Map<String, Reader> readers(Class<?> type) {
    return known.computeIfAbsent(type, Members::find);
  }

  private static Map<String, Reader> find(Class<?> type) {
    Map<String, Reader> readers = new LinkedHashMap<>();
    if (type.isRecord()) {
      for (RecordComponent each : type.getRecordComponents()) {
        add(readers, each.getName(), each.getAccessor());
      }
    } else if (!type.isEnum() && isOfUser(type)) {
      fields(type).forEach(each -> add(readers, each));
    }
    if (readers.isEmpty()) {
      readers.put(VALUE, object -> object);
    }
    return readers;
  }

  /** Of a cell or a library, not of the JDK. */
  private static boolean isOfUser(Class<?> type) {
    return type.getClassLoader() != null
        && type.getClassLoader() != ClassLoader.getPlatformClassLoader();
  }

  /** The fields that an object has, those of its superclasses first. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && isOfUser(each); each = each.getSuperclass()) {
      List<Field> declared = new ArrayList<>(List.of(each.getDeclaredFields()));
      declared.removeIf(field -> Modifier.isStatic(field.getModifiers()) || field.isSynthetic());
      Collections.reverse(declared);
      fields.addAll(declared);
    }
    Collections.reverse(fields);
    return fields;
  }

  /** By the getter of the field, or by itself if it is not private. */
  private static void add(Map<String, Reader> readers, Field field) {
    String name = field.getName();
    String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (String getter : new String[] {"get" + upper, "is" + upper, name}) {
      try {
        Method method = field.getDeclaringClass().getMethod(getter);
        if (method.getReturnType() != void.class) {
          add(readers, name, method);
          return;
        }
      } catch (NoSuchMethodException _) {
        // Perhaps under another name.
      }
    }
    if (!Modifier.isPrivate(field.getModifiers()) && field.trySetAccessible()) {
      readers.put(name, field::get);
    }
  }

  private static void add(Map<String, Reader> readers, String name, Method method) {
    if (method.trySetAccessible()) {
      readers.put(name, method::invoke);
    }
  }
}
