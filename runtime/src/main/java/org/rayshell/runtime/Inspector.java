package org.rayshell.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WaitReason;

/**
 * A closer look at a session than its view gives: what is asked of the processes themselves.
 * Futures fail with a {@link org.rayshell.RayException} if the process ends, and complete late or
 * never if it is stopped: wait with a limit, and cancel them. Thread-safe; nothing blocks.
 */
public interface Inspector {
  /** What the task of that worker does now. */
  CompletableFuture<TaskStack> stack(long pid);

  /** A profile that is being made. */
  interface Profiling {
    /** What comes of it. */
    CompletableFuture<TaskProfile> profile();

    /** It need not go on: what there is comes soon. */
    void end();
  }

  /**
   * Begins a profile of the tasks of that worker.
   *
   * @param only a function, or the beginning of a task's id, if only such are wanted; else empty
   */
  Profiling profile(long pid, Duration time, String only);

  /**
   * What tasks wait for that have not begun.
   *
   * @param owner the process that owns them
   * @param objectIds the refs of their results; those that wait for nothing are not in the answer
   */
  CompletableFuture<List<WaitReason>> waits(long owner, Collection<String> objectIds);

  /** The latest objects of a process that are still referred to, the latest first. */
  CompletableFuture<List<OwnedObject>> objects(long owner, int most);

  /**
   * The same with a short text of the value, if that is small and in this process. Reads the value
   * on the calling thread.
   */
  OwnedObject withPreview(OwnedObject object);

  /** What the workers were started with beyond their driver's environment, by pid. */
  Map<Long, RuntimeEnv> environments();

  /**
   * Kills a worker; its tasks run again as after a crash.
   *
   * @param why is part of what is said of its end
   * @return false if no worker of the session lives in that process
   */
  boolean kill(long pid, String why);
}
