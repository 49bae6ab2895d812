package org.rayshell.runtime.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/** Gets the arguments of a task that other workers keep, before it begins. Belongs to the loop. */
public final class ArgumentsElsewhere {
  private final Message.PushTask task;
  private final Results results;
  private final List<EncodedValue> values;
  private int missing;
  private boolean lost;

  /** Of that task. */
  public ArgumentsElsewhere(Message.PushTask task, Results results) {
    this.task = task;
    this.results = results;
    this.values = new ArrayList<>(task.args());
  }

  /**
   * Gets them.
   *
   * @param whole is given the task with all its arguments
   * @param failed is given the first that cannot be had, and why
   */
  public void get(
      Consumer<Message.PushTask> whole, BiConsumer<Message.StoredArgument, String> failed) {
    if (task.stored().isEmpty()) {
      whole.accept(task);
      return;
    }
    missing = task.stored().size();
    for (Message.StoredArgument each : task.stored()) {
      results.get(each.id(), each.worker(), outcome -> got(each, outcome, whole, failed));
    }
  }

  private void got(
      Message.StoredArgument argument,
      Outcome outcome,
      Consumer<Message.PushTask> whole,
      BiConsumer<Message.StoredArgument, String> failed) {
    if (lost) {
      return;
    }
    if (!outcome.isValue()) {
      lost = true;
      failed.accept(argument, outcome.message());
      return;
    }
    values.set(argument.index(), outcome.value());
    if (--missing == 0) {
      whole.accept(task.with(List.copyOf(values)));
    }
  }
}
