package org.rayshell.kernel.bridge;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayOptions;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskTotals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that start a session, end it, and tell what it has. */
final class SessionCommands {
  private SessionCommands() {}

  /** {@code %ray init}. */
  @Command(header = "starts the runtime")
  static final class Init extends RayCommand {
    @Option(
        names = "--address",
        paramLabel = "HOST:PORT",
        description = "the head of a Ray cluster to run on; auto, or local for none")
    private String address;

    @Option(
        names = "--ray-jar",
        paramLabel = "FILE",
        description = "Ray's own jar, or its Python package, of the cluster's version")
    private Path rayJar;

    @Option(
        names = "--worker-java-home",
        paramLabel = "FOLDER",
        description = "the JDK of the cluster's workers, on each of its machines")
    private String workerJava;

    @Option(
        names = "--num-cpus",
        paramLabel = "N",
        description = "CPUs to schedule by, and so many workers")
    private Integer cpus;

    @Option(
        names = "--resources",
        paramLabel = "NAME=AMOUNT",
        split = ",",
        description = "custom resources, such as gpu=1")
    private Map<String, Double> resources;

    @Option(
        names = "--object-store-memory",
        paramLabel = "BYTES",
        description = "size of the object store")
    private Long storeBytes;

    @Option(
        names = "--object-spilling-directory",
        paramLabel = "FOLDER",
        description = "where values go that the object store has no room for")
    private Path spilling;

    @Option(
        names = "--worker-heap",
        paramLabel = "BYTES",
        description = "how large each worker's heap may grow")
    private Long heapBytes;

    @Option(
        names = "--dashboard-port",
        paramLabel = "PORT",
        description = "the dashboard's first choice; 0 for any")
    private Integer port;

    @Option(names = "--no-dashboard", description = "no dashboard")
    private boolean noDashboard;

    @Option(
        names = "--ignore-reinit-error",
        description = "attaches to the runtime if it is up, instead of failing")
    private boolean ignoreReinitError;

    @Override
    MagicResult run(MagicCall call) throws MagicException {
      try {
        return MagicResult.value(Ray.init(options()));
      } catch (IllegalArgumentException e) {
        throw new MagicException("%ray init: " + e.getMessage(), e);
      }
    }

    private RayOptions options() {
      RayOptions options =
          RayOptions.create().includeDashboard(!noDashboard).ignoreReinitError(ignoreReinitError);
      options = address == null ? options : options.address(address);
      options = rayJar == null ? options : options.rayJar(rayJar);
      options = workerJava == null ? options : options.workerJavaHome(workerJava);
      options = cpus == null ? options : options.numCpus(cpus);
      options = resources == null ? options : options.resources(resources);
      options = storeBytes == null ? options : options.objectStoreMemory(storeBytes);
      options = spilling == null ? options : options.objectSpillingDirectory(spilling);
      options = heapBytes == null ? options : options.workerHeap(heapBytes);
      return port == null ? options : options.dashboardPort(port);
    }
  }

  /** {@code %ray shutdown}. */
  @Command(header = "ends the runtime and its workers")
  static final class Shutdown extends RayCommand {
    @Override
    MagicResult run(MagicCall call) {
      boolean up = Ray.isInitialized();
      Ray.shutdown();
      call.println(up ? "Ray is stopped" : "Ray was not running");
      return MagicResult.done();
    }
  }

  /** {@code %ray status}. */
  @Command(header = "whether the runtime is up, and what it has")
  static final class Status extends RayCommand {
    private static final String NO_TASKS = "no tasks yet";

    @Override
    MagicResult run(MagicCall call) {
      ClusterView view = Runtimes.view().orElse(null);
      if (view == null) {
        call.println("Ray is not running; Ray.init() or %ray init starts it");
      } else {
        RayContext session = new RayContext(view, false);
        Map<Shown, Long> tasks = tasks(view.taskTotals());
        show(
            call,
            new ContextFragment(session).html(false, html(tasks)),
            session + "\n" + text(tasks));
      }
      return MagicResult.done();
    }

    /** How many are in each state that any is in. */
    private static Map<Shown, Long> tasks(TaskTotals totals) {
      Map<Shown, Long> tasks = new EnumMap<>(Shown.class);
      tasks.put(Shown.FINISHED, totals.finished());
      tasks.put(Shown.RUNNING, totals.running());
      tasks.put(Shown.QUEUED, totals.queued());
      tasks.put(Shown.RETRYING, totals.retrying());
      tasks.put(Shown.FAILED, totals.failed());
      tasks.put(Shown.CANCELLED, totals.cancelled());
      tasks.values().removeIf(count -> count == 0);
      return tasks;
    }

    private static String html(Map<Shown, Long> tasks) {
      return tasks.isEmpty()
          ? Html.muted(NO_TASKS)
          : "Tasks &ensp; "
              + tasks.entrySet().stream()
                  .map(each -> each.getKey().html(each.getValue()))
                  .collect(Collectors.joining(" &ensp; "));
    }

    private static String text(Map<Shown, Long> tasks) {
      return tasks.isEmpty()
          ? NO_TASKS
          : tasks.entrySet().stream()
              .map(each -> Amounts.count(each.getValue()) + " " + each.getKey().word)
              .collect(Collectors.joining(", ", "tasks: ", ""));
    }
  }

  /** {@code %ray resources}. */
  @Command(header = "what there is in all and what of it is used")
  static final class Resources extends RayCommand {
    @Override
    MagicResult run(MagicCall call) throws MagicException {
      view();
      return MagicResult.value(Ray.clusterResources());
    }
  }

  /** {@code %ray nodes}. */
  @Command(header = "the machines of the session")
  static final class Nodes extends RayCommand {
    @Override
    MagicResult run(MagicCall call) throws MagicException {
      view();
      return MagicResult.value(Ray.nodes());
    }
  }
}
