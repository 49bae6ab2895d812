package org.rayshell.runtime.view;

import java.util.List;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.TaskNews;

/** All that a driver's views read, filled by its runtime; each is thread-safe. */
public record Records(
    TaskLog tasks,
    OutputLog output,
    TaskFailures failures,
    TaskArguments arguments,
    CallPlaces places) {
  /** Empty ones. */
  public Records() {
    this(new TaskLog(), new OutputLog(), new TaskFailures(), new TaskArguments(), new CallPlaces());
  }

  /**
   * A task is made, which its owner has yet to report.
   *
   * @param result what it makes, of several the first
   * @param place where in its cell it is called; null if that is not known
   */
  public void submitted(ObjectState result, ShippedCall call, String place) {
    TaskNews task = result.news();
    tasks.submitted(task);
    arguments.add(task.id(), call.args());
    places.add(task.id(), place);
  }

  /**
   * Tasks have printed.
   *
   * @param now epoch nanoseconds
   */
  public void printed(long now, long pid, List<Message.TaskOutput.Line> lines) {
    for (Message.TaskOutput.Line line : lines) {
      output.add(now, pid, line.task(), line.function(), line.cell(), line.stderr(), line.text());
    }
  }
}
