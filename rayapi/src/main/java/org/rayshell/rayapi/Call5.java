package org.rayshell.rayapi;

import java.io.Serializable;

/** A call with five arguments; RayShell's own have four at most. */
@FunctionalInterface
interface Call5 extends Serializable {
  /** Calls it. */
  Object call(Object a, Object b, Object c, Object d, Object e) throws Exception;
}
