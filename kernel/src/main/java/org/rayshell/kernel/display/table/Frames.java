package org.rayshell.kernel.display.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.kernel.display.Named;

/**
 * Data frames of libraries that the kernel does not come with, found by the names of their types:
 * DFLib's {@code DataFrame} and Tablesaw's {@code Table}.
 */
final class Frames {
  private static final List<String> DFLIB =
      List.of("org.dflib.DataFrame", "com.nhl.dflib.DataFrame");
  private static final String TABLESAW = "tech.tablesaw.table.Relation";

  private Frames() {}

  /**
   * The frame's rows; null if the value is none.
   *
   * @throws ReflectiveOperationException if it is a frame of a version that has other methods
   */
  static Rows of(Object value) throws ReflectiveOperationException {
    for (String each : DFLIB) {
      Class<?> type = Named.superType(value, each);
      if (type != null) {
        return dflib(value, type);
      }
    }
    Class<?> tablesaw = Named.superType(value, TABLESAW);
    return tablesaw == null ? null : tablesaw(value, tablesaw);
  }

  private static Rows dflib(Object frame, Class<?> type) throws ReflectiveOperationException {
    List<String> columns = new ArrayList<>();
    ((Iterable<?>) type.getMethod("getColumnsIndex").invoke(frame))
        .forEach(each -> columns.add(String.valueOf(each)));
    Method column = type.getMethod("getColumn", int.class);
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      series.add(column.invoke(frame, i));
    }
    Method get = column.getReturnType().getMethod("get", int.class);
    int height = (int) type.getMethod("height").invoke(frame);
    return new Rows(columns, height, true, (row, at) -> value(get, series.get(at), row));
  }

  private static Rows tablesaw(Object table, Class<?> type) throws ReflectiveOperationException {
    List<String> columns = new ArrayList<>();
    ((Iterable<?>) type.getMethod("columnNames").invoke(table))
        .forEach(each -> columns.add(String.valueOf(each)));
    Method column = type.getMethod("column", int.class);
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      series.add(column.invoke(table, i));
    }
    Method get = column.getReturnType().getMethod("get", int.class);
    // What is missing is a number like any other in its columns.
    Method isMissing = column.getReturnType().getMethod("isMissing", int.class);
    int height = (int) type.getMethod("rowCount").invoke(table);
    return new Rows(
        columns,
        height,
        true,
        (row, at) ->
            Boolean.TRUE.equals(value(isMissing, series.get(at), row))
                ? null
                : value(get, series.get(at), row));
  }

  private static Object value(Method method, Object of, int row) {
    try {
      return method.invoke(of, row);
    } catch (InvocationTargetException e) {
      return new Rows.Failure(e.getCause());
    } catch (IllegalAccessException e) {
      return new Rows.Failure(e);
    }
  }
}
