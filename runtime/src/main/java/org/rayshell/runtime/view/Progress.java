package org.rayshell.runtime.view;

import java.util.Arrays;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * How far some tasks are; immutable. Durations are nanoseconds.
 *
 * @param finished with a value
 * @param failed with an exception, by themselves
 * @param cancelled by somebody
 * @param running on a worker
 * @param retrying waiting for another try
 * @param queued waiting for the first
 * @param medianRunNs of those that have ended; 0 if none has
 * @param openNs what those that have not ended would run yet if each took the median
 */
public record Progress(
    int finished,
    int failed,
    int cancelled,
    int running,
    int retrying,
    int queued,
    long medianRunNs,
    long openNs) {
  /** How many there are. */
  public int all() {
    return done() + running + retrying + queued;
  }

  /** How many have ended, however. */
  public int done() {
    return finished + failed + cancelled;
  }

  /** The counts alone. */
  public Progress withoutTimes() {
    return new Progress(finished, failed, cancelled, running, retrying, queued, 0, 0);
  }

  /** Counts tasks. For one thread. */
  public static final class Count {
    private static final int SAMPLES = 1_000;

    private final long now;
    private final long[] runs = new long[SAMPLES];
    private int sampled;
    private int finished;
    private int failed;
    private int cancelled;
    private int running;
    private int retrying;
    private int queued;
    private long ranOpen;

    /** At that time, epoch nanoseconds. */
    public Count(long now) {
      this.now = now;
    }

    /** One more, by the latest news of it. */
    public void add(TaskUpdate task) {
      switch (task.state()) {
        case FINISHED -> finished++;
        case FAILED -> {
          if (task.errorType() == ErrorType.TASK_CANCELLED) {
            cancelled++;
          } else {
            failed++;
          }
        }
        case RUNNING -> {
          running++;
          ranOpen += Math.max(0, now - task.started());
        }
        default -> {
          if (task.attempt() > 1) {
            retrying++;
          } else {
            queued++;
          }
        }
      }
      if (task.state() == TaskState.FINISHED && task.started() != 0 && sampled < SAMPLES) {
        runs[sampled++] = Math.max(0, task.ended() - task.started());
      }
    }

    /** One more of which no task is known. */
    public void add(boolean ready) {
      if (ready) {
        finished++;
      } else {
        queued++;
      }
    }

    /** What was counted. */
    public Progress progress() {
      long[] sorted = Arrays.copyOf(runs, sampled);
      Arrays.sort(sorted);
      long median = sampled == 0 ? 0 : sorted[sampled / 2];
      long open = Math.max(0, median * (running + retrying + queued) - ranOpen);
      return new Progress(finished, failed, cancelled, running, retrying, queued, median, open);
    }
  }
}
