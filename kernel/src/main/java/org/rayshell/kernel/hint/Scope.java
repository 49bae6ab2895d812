package org.rayshell.kernel.hint;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The names that a cell can use. */
public interface Scope {
  /** Names of the session's variables. */
  Collection<String> variables();

  /** Names of the session's methods, and of those that every cell has. */
  Collection<String> methods();

  /** Names of the session's types. */
  Collection<String> types();

  /**
   * Why the session's type of that name cannot be used, such as {@code class A cannot be … until
   * class B is declared}; empty if it can be, or is not there.
   */
  String hindrance(String type);

  /** The packages whose types need no import. */
  Collection<String> packages();

  /** What was added to the class path. */
  List<Path> classPath();

  /**
   * The type of that name, not initialised; null if there is none.
   *
   * @param name qualified, or the simple name of one of the session's
   */
  Class<?> type(String name);
}
