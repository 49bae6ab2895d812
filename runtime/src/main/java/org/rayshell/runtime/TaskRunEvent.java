package org.rayshell.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.rayshell.runtime.wire.Message;

/** The Flight Recorder's event for the run of a task, in the worker, on the thread that runs it. */
@Name("org.rayshell.TaskRun")
@Label("Task Run")
@Category("RayShell")
@Description("A worker has run a task, from decoding its arguments to encoding its result")
@StackTrace(false)
final class TaskRunEvent extends Event {
  @Label("Task Id")
  String taskId;

  @Label("Function")
  String function;

  @Label("Attempt")
  int attempt;

  @Label("Owner")
  String owner;

  @Label("Error")
  String error;

  private TaskRunEvent() {}

  /** Begins an event; to be called if {@link org.rayshell.runtime.view.FlightEvents} says so. */
  static TaskRunEvent start() {
    TaskRunEvent event = new TaskRunEvent();
    event.begin();
    return event;
  }

  /** Ends the event; the error may be null. */
  void end(Message.PushTask task, String ownerName, String firstLine) {
    end();
    if (shouldCommit()) {
      taskId = task.task().taskId();
      function = task.name();
      attempt = task.attempt();
      owner = ownerName;
      error = firstLine;
      commit();
    }
  }
}
