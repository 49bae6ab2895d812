package org.rayshell.rayapi;

import java.io.Serializable;

/** A call with six arguments, the most that Ray Java's functions have. */
@FunctionalInterface
interface Call6 extends Serializable {
  /** Calls it. */
  Object call(Object a, Object b, Object c, Object d, Object e, Object f) throws Exception;
}
