package org.rayshell.runtime.code;

import java.nio.file.Path;
import java.util.List;
import org.rayshell.TaskOptions;

/**
 * The code of a session that a worker's class path does not have: the classes of notebook cells.
 * The kernel implements it; a plain program has none. Thread-safe.
 */
public interface CodeSource {
  /** Whether the class (internal name, {@code REPL/$JShell$7}) was made by the session. */
  boolean isSessionClass(String internalName);

  /**
   * Whether the class only wraps a snippet: its statics are the session's variables and methods, so
   * it is shipped stripped to what is reached.
   */
  boolean isWrapper(String internalName);

  /** The bytes of a session class as they are to run on a worker, or null if it is not one. */
  byte[] classBytes(String internalName);

  /** The loader of the session's classes. */
  ClassLoader loader();

  /** Jars and folders added to the class path since the session began. */
  List<Path> addedClassPath();

  /**
   * The remote functions of that name as they are now, one an overload; empty if there is none.
   *
   * @throws org.rayshell.RayException if the function uses a name that is not defined yet; the
   *     message names the function and what is missing
   */
  List<Function> functions(String name);

  /** A session class in the user's words, such as {@code cell In [7]}; for error messages. */
  String describe(String internalName);

  /**
   * An overload of a remote function.
   *
   * @param owner internal name of the class that has the method
   * @param method its name
   * @param descriptor its descriptor
   * @param key what the companion calls it by: the simple names of its erased parameter types, such
   *     as {@code int,String,P[]}
   * @param defaults the options of its annotation
   */
  record Function(
      String owner, String method, String descriptor, String key, TaskOptions defaults) {}
}
