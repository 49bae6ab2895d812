package org.rayshell.runtime.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.wire.IoLoop;

/**
 * Makes profiles of this worker's tasks, one at a time, on a thread of its own that lives only
 * meanwhile. Belongs to the loop; {@link #began} and {@link #ended} are called by the thread that
 * runs tasks and cost it one look while nothing is profiled.
 */
public final class TaskProfiler {
  /** A task as it is known here. */
  public record Task(String function, String taskId) {}

  private final IoLoop loop;
  private final Path folder;
  private final Supplier<Thread> tasks;
  private final Supplier<Task> current;
  private volatile TaskSpans spans;
  private long request;
  private TimeUp over;

  /**
   * @param folder for files that are needed meanwhile
   * @param tasks the thread that runs tasks
   * @param current the task that runs; null for none
   */
  public TaskProfiler(IoLoop loop, Path folder, Supplier<Thread> tasks, Supplier<Task> current) {
    this.loop = loop;
    this.folder = folder;
    this.tasks = tasks;
    this.current = current;
  }

  /** A task begins. */
  public void began(Supplier<Task> task) {
    TaskSpans wanted = spans;
    if (wanted != null) {
      Task begun = task.get();
      wanted.began(begun.function, begun.taskId, loop.epochNs());
    }
  }

  /** The task has ended. */
  public void ended() {
    TaskSpans wanted = spans;
    if (wanted != null) {
      wanted.ended(loop.epochNs());
    }
  }

  /**
   * Begins a profile.
   *
   * @param only a function or the beginning of a task's id; empty for all
   * @param then takes it when it is made, on the loop
   */
  public void start(long number, long nanos, String only, Consumer<TaskProfile> then) {
    if (over != null) {
      then.accept(new TaskProfile("", "another profile is being made", 1, 0, 0, List.of()));
      return;
    }
    TaskSpans wanted =
        new TaskSpans(
            (function, id) -> only.isEmpty() || function.equals(only) || id.startsWith(only));
    TimeUp end = new TimeUp(nanos);
    request = number;
    over = end;
    spans = wanted;
    Task runs = current.get();
    if (runs != null) {
      wanted.began(runs.function, runs.taskId, loop.epochNs());
    }
    Thread.ofPlatform()
        .group(loop.threadGroup())
        .name("rayshell-profile")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(() -> {
          TaskProfile made = make(wanted, end);
          loop.execute(() -> {
            over = null;
            then.accept(made);
          });
        });
  }

  /** That profile need not go on; nothing if it is made already. */
  public void end(long number) {
    if (over != null && request == number) {
      over.now();
    }
  }

  private TaskProfile make(TaskSpans wanted, TimeUp end) {
    LongSupplier clock = loop::epochNs;
    Sampler flight = new FlightSampler(folder);
    try {
      return sample(flight, "", wanted, end);
    } catch (IOException e) {
      try {
        return sample(new StackSampler(tasks.get(), clock), e.getMessage(), wanted, end);
      } catch (IOException | InterruptedException again) {
        return new TaskProfile("", again.toString(), 1, 0, 0, List.of());
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread.
      return new TaskProfile("", e.toString(), 1, 0, 0, List.of());
    } finally {
      spans = null;
    }
  }

  private TaskProfile sample(Sampler by, String note, TaskSpans wanted, TimeUp end)
      throws IOException, InterruptedException {
    StackCounts counts = new StackCounts(wanted);
    by.sample(end, counts);
    return counts.profile(by, note);
  }
}
