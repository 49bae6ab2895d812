package org.rayshell.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which AOT caches a kernelspec has; immutable. A JVM that finds its cache of no use runs without.
 *
 * @param failure why the training did not come to its end; null if it did
 */
record AotCaches(boolean kernel, boolean worker, String failure) {
  static final String KERNEL = "kernel.aot";
  static final String WORKER = "worker.aot";

  /** Trains them in the folder by a session of a kernel with one worker. Failing is no failure. */
  static AotCaches train(KernelCommand command, Path folder, PrintStream progress)
      throws IOException {
    Path kernel = folder.resolve(KERNEL);
    Path worker = folder.resolve(WORKER);
    List<String> line =
        command.line(
            List.of("-XX:AOTCacheOutput=" + kernel, "-Drayshell.worker.aotOutput=" + worker), "");
    String failure = null;
    try (TrainingSession session = TrainingSession.start(line.subList(0, line.size() - 1))) {
      session.run();
    } catch (TrainingException e) {
      failure = e.getMessage();
      progress.println("The training failed, kernels will start more slowly: " + e.getMessage());
    }
    // The JVM's recording, which it removes itself unless it is killed.
    Files.deleteIfExists(folder.resolve(KERNEL + ".config"));
    Files.deleteIfExists(folder.resolve(WORKER + ".config"));
    AotCaches caches =
        new AotCaches(Files.isRegularFile(kernel), Files.isRegularFile(worker), failure);
    if (caches.kernel && !caches.worker) {
      progress.println("The workers' cache was not written, workers will start more slowly.");
    }
    return caches;
  }

  /** The kernel's options for those that are there. */
  List<String> options(Path folder) {
    List<String> options = new ArrayList<>();
    if (kernel) {
      options.add("-XX:AOTCache=" + folder.resolve(KERNEL));
    }
    if (worker) {
      options.add("-Drayshell.worker.aot=" + folder.resolve(WORKER));
    }
    return options;
  }
}
