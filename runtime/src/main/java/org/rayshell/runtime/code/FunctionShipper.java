package org.rayshell.runtime.code;

import java.util.function.UnaryOperator;
import org.rayshell.RayException;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.ValueCodec;

/** Makes calls ready to travel: code, captured variables and arguments as bytes. Thread-safe. */
public final class FunctionShipper {
  private final CodeSource source;

  /**
   * A shipper.
   *
   * @param source the cells' code; null if there is none
   */
  public FunctionShipper(CodeSource source, ValueCodec codec) {
    this.source = source;
  }

  /**
   * A call of a remote function through its companion.
   *
   * @param companion the class whose {@code remote} was called
   * @param name the function
   * @param key which overload, as {@link CodeSource.Function#key}
   * @param options changes the function's defaults; null for no change
   * @param args values, or refs in their place
   * @throws RayException if it cannot be shipped; the message names what stands in the way
   */
  public ShippedCall shipFunction(
      Class<?> companion,
      String name,
      String key,
      UnaryOperator<TaskOptions> options,
      Object[] args) {
    throw new RayException("not built yet: source=" + source);
  }

  /**
   * A call of a lambda or method reference.
   *
   * @param lambda an instance of one of the {@code Call} interfaces of the API
   * @param options changes the defaults; null for no change
   * @param args values, or refs in their place
   * @throws RayException if it cannot be shipped; the message names what stands in the way
   */
  public ShippedCall shipLambda(Object lambda, UnaryOperator<TaskOptions> options, Object[] args) {
    throw new RayException("not built yet: source=" + source);
  }
}
