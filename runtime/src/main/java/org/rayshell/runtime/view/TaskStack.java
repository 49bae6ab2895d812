package org.rayshell.runtime.view;

import java.util.List;

/**
 * What the thread that runs a worker's task was doing at one moment; immutable.
 *
 * @param taskId 48 hex digits; null if the worker had no task
 * @param function the name the task is shown as; null if there is none
 * @param cell the cell at the top of it all; null outside a notebook
 * @param started when its try began, epoch nanoseconds; 0 if there is no task
 * @param state of the thread
 * @param lock what the thread waits for, {@code java.util.concurrent.CountDownLatch$Sync@1b2c};
 *     null if nothing
 * @param lockOwner the thread that has that lock; null if none has
 * @param frames innermost first, with those of the worker below the task; {@value #MOST_FRAMES} at
 *     most
 */
public record TaskStack(
    String taskId,
    String function,
    String cell,
    long started,
    Thread.State state,
    String lock,
    String lockOwner,
    List<StackTraceElement> frames) {
  /** So many frames at most are told. */
  public static final int MOST_FRAMES = 512;

  /** Of a worker that has no task. */
  public static final TaskStack IDLE =
      new TaskStack(null, null, null, 0, Thread.State.WAITING, null, null, List.of());
}
