package org.rayshell.runtime.owner;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.code.ShippedFunction;

/**
 * How an object was made that is kept elsewhere: its lineage, by which it is made again if it is
 * lost. It holds no large object of this owner, only how to make that again, so that the steps of a
 * long computation can go once they were used. Immutable.
 *
 * @param kept its arguments; those of which {@code made} tells are to be replaced
 * @param attempt the try that made it
 * @param made arguments that are objects of this owner with a recipe of their own, by index
 */
record Recipe(
    ShippedFunction function,
    Origin origin,
    List<ShippedCall.Arg> kept,
    int attempt,
    Map<Integer, Step> made) {
  /** An object that an object was made of. */
  record Step(WeakReference<ObjectState> known, Recipe recipe) {}

  /** How the results of the task are made that has just ended. */
  static Recipe of(PendingTask task) {
    List<ShippedCall.Arg> args = task.args();
    List<ShippedCall.Arg> kept = new ArrayList<>(args);
    Map<Integer, Step> made = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof ShippedCall.Arg.Ref(var ref)) {
        ObjectState state = (ObjectState) ref.handle();
        Place place = state.place();
        if (place != null && place.made() != null) {
          made.put(i, new Step(new WeakReference<>(state), place.made()));
          kept.set(i, new ShippedCall.Arg.Value(PendingTask.NOTHING));
        }
      }
    }
    return new Recipe(
        task.site.function, task.origin(), List.copyOf(kept), task.attempt(), Map.copyOf(made));
  }

  /** Whether the task has a try left. */
  boolean mayRetry() {
    int retries = function.options().maxRetries();
    return retries < 0 || attempt <= retries;
  }

  /**
   * The arguments of the task to run.
   *
   * @param again gives the object again that a recipe makes
   */
  List<ShippedCall.Arg> args(Function<Recipe, ObjectState> again) {
    if (made.isEmpty()) {
      return kept;
    }
    List<ShippedCall.Arg> args = new ArrayList<>(kept);
    made.forEach((index, step) -> {
      ObjectState state = step.known.get();
      if (state == null) {
        state = again.apply(step.recipe);
      }
      args.set(index, new ShippedCall.Arg.Ref(new ObjectRef<>(state)));
    });
    return args;
  }
}
