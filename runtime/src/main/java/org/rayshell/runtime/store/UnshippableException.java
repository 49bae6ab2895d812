package org.rayshell.runtime.store;

import org.rayshell.RayException;

/** A value holds what cannot leave this process; knows the way from the value to it. */
public final class UnshippableException extends RayException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String type;
  private final String path;

  /** A refusal without a type of its own, such as of size. */
  UnshippableException(String problem) {
    this("", null, problem);
  }

  /** The refusal of an object of that type; its path is filled in on the way out. */
  UnshippableException(String type, String remedy) {
    this("", type, remedy);
  }

  private UnshippableException(String path, String type, String problem) {
    super(problem);
    this.path = path;
    this.type = type;
    this.problem = problem;
  }

  /**
   * The same, found inside something: {@code .field}, {@code [3]} or the outermost class's name.
   */
  UnshippableException within(String step) {
    String between = path.startsWith("the ") ? ": " : "";
    UnshippableException outer = new UnshippableException(step + between + path, type, problem);
    outer.setStackTrace(getStackTrace());
    return outer;
  }

  /** What a path starts with: the class of the value, if it says something. */
  static String root(Object value) {
    return value.getClass().isArray()
            || value.getClass().isAnonymousClass()
            || Plans.isPlatform(value.getClass())
        ? "value"
        : value.getClass().getSimpleName();
  }

  /** The way from the value to the culprit, {@code Job.conn}; empty if it is the value itself. */
  public String path() {
    return path;
  }

  /** The culprit's type; null if it is not the type that matters. */
  public String type() {
    return type;
  }

  /** The culprit and the remedy: {@code Job.conn is a java.sql.Connection; open it …}. */
  public String reason() {
    if (type == null) {
      return path.isEmpty() ? problem : path + ": " + problem;
    }
    return (path.isEmpty() ? "it" : path) + " is a " + type + "; " + problem;
  }

  @Override
  public String getMessage() {
    return "cannot send a value: " + reason();
  }

  /** What can be done, or what is wrong. */
  public String problem() {
    return problem;
  }
}
