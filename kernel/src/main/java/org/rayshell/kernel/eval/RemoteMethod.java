package org.rayshell.kernel.eval;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A remote function as it is written in a cell.
 *
 * @param name its name
 * @param position of the name in its snippet
 * @param typeParameters each with its bounds, as written
 * @param returnType as written
 */
record RemoteMethod(
    String name, int position, List<String> typeParameters, String returnType, List<Param> params) {

  /**
   * A parameter.
   *
   * @param type as written, an array if it takes a variable number
   * @param raw without type arguments; what bounds it, if it is a type variable
   * @param erased the simple name of that
   */
  record Param(String name, String type, String raw, String erased, boolean varargs) {
    boolean isRef() {
      return erased.equals("ObjectRef");
    }
  }

  /** What the companion calls it by: the simple names of its erased parameter types. */
  String key() {
    return params.stream().map(Param::erased).collect(Collectors.joining(","));
  }
}
