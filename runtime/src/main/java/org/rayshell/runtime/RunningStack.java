package org.rayshell.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.rayshell.runtime.view.TaskStack;

/** What the thread that runs a worker's tasks does. Any thread may look. */
final class RunningStack {
  private RunningStack() {}

  /** Of that task, on that thread; a worker without one is idle. */
  static TaskStack of(Thread thread, RunningTask running) {
    ThreadInfo info =
        running == null || thread == null
            ? null
            : ManagementFactory.getThreadMXBean()
                .getThreadInfo(thread.threadId(), TaskStack.MOST_FRAMES);
    if (info == null) {
      return TaskStack.IDLE;
    }
    return new TaskStack(
        running.task.task().taskId(),
        running.task.name(),
        running.task.cell(),
        running.started,
        info.getThreadState(),
        info.getLockName(),
        info.getLockOwnerName(),
        List.of(info.getStackTrace()));
  }
}
