package org.rayshell.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.wire.IoLoop;

/** What the thread that runs a worker's tasks does. Any thread may look. */
final class RunningStack {
  /** More frames than a wait has. */
  private static final int OF_WAITS = 50;

  private RunningStack() {}

  /** Of that task, on that thread; a worker without one is idle. */
  static TaskStack of(Thread thread, RunningTask running) {
    ThreadInfo info =
        running == null || thread == null
            ? null
            : ManagementFactory.getThreadMXBean()
                .getThreadInfo(thread.threadId(), TaskStack.MOST_FRAMES + OF_WAITS);
    if (info == null) {
      return TaskStack.IDLE;
    }
    StackTraceElement[] frames = info.getStackTrace();
    // A task that waits may do the loop's work meanwhile, and even answer this question.
    int below = IoLoop.framesOfWait(frames);
    int end = Math.min(frames.length, below + TaskStack.MOST_FRAMES);
    return new TaskStack(
        running.task.task().taskId(),
        running.task.name(),
        running.task.cell(),
        running.started,
        below > 0 ? Thread.State.WAITING : info.getThreadState(),
        info.getLockName(),
        info.getLockOwnerName(),
        List.of(frames).subList(below, end));
  }
}
