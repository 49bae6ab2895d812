package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.runtime.view.ChromeTrace;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.SvgTrace;
import org.rayshell.runtime.view.TaskInfo;

/**
 * The runtime of this process: starts it, finds it, stops it. Thread-safe: one lock, held while a
 * runtime starts or stops.
 */
public final class Runtimes {
  private static final Object LOCK = new Object();
  private static final String ENDED =
      "the session was ended by Ray.shutdown; Ray.init() starts anew";

  /** The environment variable that names a cluster, Ray's own. */
  private static final String ADDRESS = "RAY_ADDRESS";

  private static volatile RayRuntime running;
  private static volatile ClusterView view;
  private static DriverHooks hooks = DriverHooks.NONE;
  private static boolean endsWithProcess;

  private Runtimes() {}

  /**
   * Starts a driver, or attaches to the one that runs if the options allow it. In a task it always
   * attaches.
   */
  public static RayContext init(RayOptions options) {
    synchronized (LOCK) {
      if (running == null) {
        start(options);
        return new RayContext(view, false);
      }
      if (running instanceof DriverRuntime && !options.ignoreReinitError()) {
        throw new RayException(
            "Ray.init was called before, and the runtime is up: call Ray.shutdown() first, or"
                + " attach to it by Ray.init(RayOptions.create().ignoreReinitError(true))");
      }
      return new RayContext(view, true);
    }
  }

  private static void start(RayOptions options) {
    DriverRuntime driver = DriverRuntime.start(at(options), hooks);
    if (!endsWithProcess) {
      endsWithProcess = true;
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("rayshell-end").unstarted(Runtimes::atExit));
    }
    view = driver.view();
    running = driver;
  }

  /** The same with the address of the environment, if there is none and that has one. */
  private static RayOptions at(RayOptions options) {
    String address = System.getenv(ADDRESS);
    if (options.address() != null || address == null || address.isBlank()) {
      return options;
    }
    try {
      return options.address(address.strip());
    } catch (IllegalArgumentException e) {
      throw new RayException(
          "the environment variable " + ADDRESS + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void atExit() {
    if (running instanceof DriverRuntime) {
      shutdown();
    }
  }

  /** Whether a runtime is up. */
  public static boolean isInitialized() {
    return running != null;
  }

  /** The runtime, started with its defaults if there was none. */
  public static RayRuntime current() {
    RayRuntime runtime = running;
    if (runtime != null) {
      return runtime;
    }
    synchronized (LOCK) {
      if (running == null) {
        start(RayOptions.create());
      }
      return running;
    }
  }

  /**
   * The runtime that is up, for what makes no sense without one.
   *
   * @throws RayException if there is none
   */
  public static RayRuntime running() {
    RayRuntime runtime = running;
    if (runtime == null) {
      throw new RayException(
          "no runtime is up, so the refs belong to a session that has ended; start anew with"
              + " Ray.init() and submit the tasks again");
    }
    return runtime;
  }

  /** The picture of the running session; empty if there is none. */
  public static Optional<ClusterView> view() {
    return Optional.ofNullable(view);
  }

  /** A closer look at the running session; empty if there is none, and in a task. */
  public static Optional<Inspector> inspector() {
    return running instanceof DriverRuntime driver
        ? Optional.of(driver.inspector())
        : Optional.empty();
  }

  /** The id, 48 hex digits, of the task that this process runs; empty in a driver. */
  public static Optional<String> runningTask() {
    return running instanceof WorkerRuntime worker ? worker.runningTask() : Optional.empty();
  }

  /**
   * Stops the driver and its workers; nothing if there is none.
   *
   * @throws RayException in a task
   */
  public static void shutdown() {
    synchronized (LOCK) {
      switch (running) {
        case null -> {}
        case DriverRuntime driver -> {
          running = null;
          view = null;
          driver.close(ENDED);
        }
        default ->
            throw new RayException(
                "Ray.shutdown cannot be called in a task: it would end the session of its caller;"
                    + " call it in the driver");
      }
    }
  }

  /**
   * Writes the trace of the running session.
   *
   * @throws RayException if there is none, in a task, or if the file cannot be written
   */
  public static void timeline(Path file) {
    switch (running()) {
      case DriverRuntime driver -> {
        try {
          if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            SvgTrace.write(driver.view(), file);
          } else {
            ChromeTrace.write(driver.view(), file);
          }
        } catch (IOException e) {
          throw new RayException(
              "the timeline cannot be written: file=" + file.toAbsolutePath() + ", " + e, e);
        }
      }
      default ->
          throw new RayException(
              "Ray.timeline cannot be called in a task, which knows only its own; call it in the"
                  + " driver");
    }
  }

  /**
   * Cancels tasks of the running session, the driver's and those of tasks, with what they
   * submitted.
   *
   * @param force whether the workers of those that run are killed
   * @return the chosen ones that had not ended; empty if no session runs, and in a task
   */
  public static List<TaskInfo> cancel(Predicate<TaskInfo> chosen, boolean force) {
    return running instanceof DriverRuntime driver ? driver.cancel(chosen, force) : List.of();
  }

  /** What a notebook adds to the drivers that are started from now on. */
  public static void install(DriverHooks installed) {
    synchronized (LOCK) {
      hooks = Objects.requireNonNull(installed, "hooks");
    }
  }

  /**
   * Makes a worker's runtime this process's.
   *
   * @param seen what the worker knows of the session; null for nothing
   */
  public static void attach(RayRuntime worker, ClusterView seen) {
    synchronized (LOCK) {
      view = seen;
      running = worker;
    }
  }
}
