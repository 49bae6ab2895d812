package org.rayshell.kernel.bridge;

import java.util.Map;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayOptions;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that start a session, end it, and tell what it has. */
final class SessionCommands {
  private SessionCommands() {}

  /** {@code %ray init}. */
  @Command(header = "starts the runtime")
  static final class Init extends RayCommand {
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
      options = cpus == null ? options : options.numCpus(cpus);
      options = resources == null ? options : options.resources(resources);
      options = storeBytes == null ? options : options.objectStoreMemory(storeBytes);
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
    @Override
    MagicResult run(MagicCall call) {
      ClusterView view = Runtimes.view().orElse(null);
      if (view == null) {
        call.println("Ray is not running; Ray.init() or %ray init starts it");
      } else {
        ContextFragment fragment = new ContextFragment(new RayContext(view, true));
        call.cell().display(fragment.draw(false), null);
      }
      return MagicResult.done();
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
