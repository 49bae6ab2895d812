package org.rayshell.runtime.view;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.rayshell.runtime.wire.TaskUpdate;

/** The Flight Recorder's event for each new state of a task, in the process that owns it. */
@Name("org.rayshell.TaskState")
@Label("Task State")
@Category("RayShell")
@Description("A task has come into another state, as its owner sees it")
@StackTrace(false)
public final class TaskStateEvent extends Event {
  @Label("Task Id")
  String taskId;

  @Label("Function")
  String function;

  @Label("State")
  String state;

  @Label("Attempt")
  int attempt;

  @Label("Worker Process")
  long workerPid;

  @Label("Queued")
  @Timespan(Timespan.NANOSECONDS)
  long queued;

  @Label("Wall Time")
  @Timespan(Timespan.NANOSECONDS)
  long wall;

  @Label("CPU Time")
  @Timespan(Timespan.NANOSECONDS)
  long cpu;

  @Label("Size of Arguments")
  @DataAmount
  long argBytes;

  @Label("Size of Result")
  @DataAmount
  long resultBytes;

  @Label("Error")
  String error;

  private TaskStateEvent() {}

  /** Records the state if anybody records it; to be called if {@link FlightEvents} says so. */
  public static void emit(TaskUpdate task) {
    TaskStateEvent event = new TaskStateEvent();
    if (!event.shouldCommit()) {
      return;
    }
    event.taskId = task.id().taskId();
    event.function = task.function();
    event.state = task.state().name();
    event.attempt = task.attempt();
    event.workerPid = task.workerPid();
    TaskInfo info = task.toInfo();
    event.queued = info.queuedNs(task.at());
    event.wall = info.ranNs(task.at());
    event.cpu = task.cpuNs();
    event.argBytes = task.argBytes();
    event.resultBytes = task.resultBytes();
    event.error = task.error();
    event.commit();
  }
}
