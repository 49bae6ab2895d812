package org.rayshell.runtime.code;

import java.util.List;
import org.rayshell.ObjectRef;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.EncodedValue;

/**
 * A call made ready to travel; immutable.
 *
 * @param function what is called, and how; calls share it
 * @param args its arguments, in order
 */
public record ShippedCall(ShippedFunction function, List<Arg> args) {
  /** What the task is shown as. */
  public String name() {
    return function.name();
  }

  /** The code it needs. */
  public Export export() {
    return function.export();
  }

  /** What is called, encoded, with the refs in what it captures. */
  public EncodedValue target() {
    return function.target();
  }

  /** How it is run. */
  public TaskOptions options() {
    return function.options();
  }

  /**
   * Checks that it gives one ref.
   *
   * @throws IllegalArgumentException if its options ask for several
   */
  public void checkOneResult() {
    int returns = options().control().numReturns();
    if (returns != 1) {
      throw new IllegalArgumentException(
          name()
              + " is to give several refs, and remote() gives one: call remoteMany(…), or remote()"
              + " with options(o -> o.numReturns(1)): numReturns="
              + returns);
    }
  }

  /** An argument. */
  public sealed interface Arg {
    /** A value, encoded when the call was made. */
    record Value(EncodedValue value) implements Arg {}

    /** A ref given in the place of a value: its value is filled in before the task starts. */
    record Ref(ObjectRef<?> ref) implements Arg {}
  }
}
