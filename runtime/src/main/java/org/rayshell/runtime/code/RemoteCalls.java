package org.rayshell.runtime.code;

import java.util.List;
import java.util.function.UnaryOperator;
import org.rayshell.ObjectRef;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.RayRuntime;
import org.rayshell.runtime.Runtimes;

/** What the {@code remote} methods of companions call, in a driver and in a task alike. */
public final class RemoteCalls {
  private RemoteCalls() {}

  /**
   * Submits a call of a remote function. The companion must pass its own class literal, then the
   * name, as the first two arguments: shipping finds the function by them in the companion's bytes.
   *
   * @param companion the calling companion
   * @param name the function
   * @param key which overload, as {@link CodeSource.Function#key}
   * @param options changes the function's defaults; null for no change
   * @param args values, or refs in their place; a varargs parameter is one array
   */
  @SuppressWarnings("unchecked")
  public static <R> ObjectRef<R> call(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object... args) {
    RayRuntime runtime = Runtimes.current();
    return (ObjectRef<R>)
        runtime.submit(runtime.shipper().shipFunction(companion, name, key, options, args));
  }

  /** As {@link #call}, of a function that returns an array or a list of several values. */
  @SuppressWarnings("unchecked")
  public static <R> List<ObjectRef<R>> callMany(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object... args) {
    RayRuntime runtime = Runtimes.current();
    return (List<ObjectRef<R>>)
        (List<?>)
            runtime.submitMany(runtime.shipper().shipFunction(companion, name, key, options, args));
  }

  /** As {@link #call}, of a function that returns one value after the other. */
  @SuppressWarnings("unchecked")
  public static <R> ObjectRefGenerator<R> callStream(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object... args) {
    RayRuntime runtime = Runtimes.current();
    return (ObjectRefGenerator<R>)
        runtime.submitStream(runtime.shipper().shipFunction(companion, name, key, options, args));
  }
}
