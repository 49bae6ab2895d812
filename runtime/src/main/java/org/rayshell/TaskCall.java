package org.rayshell;

import java.util.List;
import java.util.function.UnaryOperator;
import org.rayshell.runtime.RayRuntime;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.code.ShippedCall;

/**
 * A call that {@link Ray#task} prepared and {@link #remote} submits; immutable. Captured variables
 * and arguments are copied by {@code remote()}, not before.
 */
public final class TaskCall<R> {
  private final Object lambda;
  private final Object[] args;
  private final UnaryOperator<TaskOptions> options;

  TaskCall(Object lambda, Object... args) {
    this(lambda, args, null);
  }

  private TaskCall(Object lambda, Object[] args, UnaryOperator<TaskOptions> options) {
    this.lambda = java.util.Objects.requireNonNull(lambda, "the task to call");
    this.args = args;
    this.options = options;
  }

  /** A copy whose options are changed so, starting from what {@link Remote} says, if anything. */
  public TaskCall<R> options(UnaryOperator<TaskOptions> change) {
    UnaryOperator<TaskOptions> before = options;
    return new TaskCall<>(
        lambda, args, before == null ? change : o -> change.apply(before.apply(o)));
  }

  /**
   * Submits the call and returns the ref of its result at once.
   *
   * @throws RayException if something it captures or is given cannot be shipped; the message names
   *     it
   */
  @SuppressWarnings("unchecked")
  public ObjectRef<R> remote() {
    RayRuntime runtime = Runtimes.current();
    return (ObjectRef<R>) runtime.submit(shipped(runtime));
  }

  /**
   * Submits a call that returns an array or a list of as many values as {@link
   * TaskOptions#numReturns} says, and returns a ref of each at once.
   *
   * @param <T> what is in the list
   * @throws RayException as {@link #remote} does
   */
  @SuppressWarnings("unchecked")
  public <T> List<ObjectRef<T>> remoteMany() {
    RayRuntime runtime = Runtimes.current();
    return (List<ObjectRef<T>>) (List<?>) runtime.submitMany(shipped(runtime));
  }

  /**
   * Submits a call that returns a {@code Stream}, an {@code Iterator} or an {@code Iterable}, and
   * returns at once what gives a ref of each value as soon as it is there, while the task runs.
   *
   * @param <T> what is in the stream
   * @throws RayException as {@link #remote} does
   */
  @SuppressWarnings("unchecked")
  public <T> ObjectRefGenerator<T> remoteStream() {
    RayRuntime runtime = Runtimes.current();
    return (ObjectRefGenerator<T>) runtime.submitStream(shipped(runtime));
  }

  private ShippedCall shipped(RayRuntime runtime) {
    return runtime.shipper().shipLambda(lambda, options, args);
  }
}
