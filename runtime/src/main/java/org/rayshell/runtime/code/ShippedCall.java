package org.rayshell.runtime.code;

import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.EncodedValue;

/**
 * A call made ready to travel; immutable.
 *
 * @param name what the task is shown as
 * @param export the code it needs
 * @param target what is called, encoded, with the refs in what it captures; made by the shipper and
 *     read by {@link TaskCode}
 * @param args its arguments, in order
 * @param options how it is run
 */
public record ShippedCall(
    String name, Export export, EncodedValue target, List<Arg> args, TaskOptions options) {
  /** The same with other arguments. */
  public ShippedCall with(List<Arg> others) {
    return new ShippedCall(name, export, target, List.copyOf(others), options);
  }

  /** An argument. */
  public sealed interface Arg {
    /** A value, encoded when the call was made. */
    record Value(EncodedValue value) implements Arg {}

    /** A ref given in the place of a value: its value is filled in before the task starts. */
    record Ref(ObjectRef<?> ref) implements Arg {}
  }
}
