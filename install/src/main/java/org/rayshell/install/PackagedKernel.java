package org.rayshell.install;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The kernel of the wheel, which no installer of ours puts in its place: what {@code
 * install/package} and the wheel's {@code start} call. Confined to one thread.
 *
 * <ul>
 *   <li>{@code stage FOLDER} makes a kernelspec of a folder that has the jars already.
 *   <li>{@code prepare STATE} writes the kernel's command line for the JDK that runs this.
 *   <li>{@code train STATE} makes the AOT caches, and has the command line use them.
 * </ul>
 */
public final class PackagedKernel {
  /**
   * What {@code start} writes. They are in the wheel, empty, so that an uninstallation takes them
   * away.
   */
  private static final String ARGUMENTS = "kernel.args";

  private static final String FAILURE = "training.log";
  private static final String LOCK = "training.lock";
  private static final List<String> MADE_LATER =
      List.of(ARGUMENTS, "made-for.txt", AotCaches.KERNEL, AotCaches.WORKER, FAILURE, LOCK);

  private PackagedKernel() {}

  /** Does one of the three, and exits. */
  public static void main(String[] arguments) {
    try {
      Path folder = Path.of(arguments[1]).toAbsolutePath();
      switch (arguments[0]) {
        case "stage" -> stage(folder);
        case "prepare" -> prepare(folder);
        case "train" -> train(folder);
        default -> throw new InstallException("unknown action " + arguments[0]);
      }
      System.exit(0);
    } catch (IOException | InstallException e) {
      System.err.println("rayshell-kernel: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void stage(Path folder) throws IOException {
    Kernelspec.copyLogos(folder);
    List<String> argv = List.of("bash", "{resource_dir}/start", "{connection_file}");
    new KernelJson(argv, null).write(folder);
    for (String each : MADE_LATER) {
      Files.createFile(folder.resolve(each));
    }
  }

  private static void prepare(Path state) throws IOException, InstallException {
    // Removed and not emptied: a kernel that runs may have mapped them.
    for (String each : List.of(AotCaches.KERNEL, AotCaches.WORKER, FAILURE)) {
      Files.deleteIfExists(state.resolve(each));
    }
    write(state, KernelCommand.onThisJvm(Main.ownJars()), List.of());
  }

  private static void train(Path state) throws IOException, InstallException {
    try (FileChannel file =
            FileChannel.open(
                state.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        System.out.println("Another process trains the AOT caches already.");
        return;
      }
      trainAlone(state);
    }
  }

  private static void trainAlone(Path state) throws IOException, InstallException {
    KernelCommand command = KernelCommand.onThisJvm(Main.ownJars());
    Path draft = state.resolve("training");
    // Of a training that was killed.
    Folders.removeTree(draft);
    Files.createDirectory(draft);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(draft), "training-cleaner"));
    System.out.println("Training the AOT caches, so that kernels and workers start faster …");
    AotCaches caches = AotCaches.train(command, draft, System.out);
    if (!caches.kernel()) {
      String why = caches.failure() == null ? "the JVM wrote no cache" : caches.failure();
      Files.writeString(state.resolve(FAILURE), why + "\n");
      throw new InstallException("the training failed: " + why);
    }
    for (String each : List.of(AotCaches.WORKER, AotCaches.KERNEL)) {
      if (Files.exists(draft.resolve(each))) {
        Files.move(draft.resolve(each), state.resolve(each), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(state.resolve(FAILURE));
    write(state, command, caches.options(state));
    System.out.println("The AOT caches are in " + state);
  }

  private static void discard(Path draft) {
    try {
      Folders.removeTree(draft);
    } catch (IOException e) {
      System.err.println("left behind: " + draft + ": " + e.getMessage());
    }
  }

  /** As a file that the JVM's launcher reads, but for the connection file; whole or not at all. */
  private static void write(Path state, KernelCommand command, List<String> options)
      throws IOException {
    List<String> line = command.line(options, "");
    String words =
        line.subList(1, line.size() - 1).stream()
            .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining("\n", "", "\n"));
    Path draft = state.resolve(ARGUMENTS + "-" + UUID.randomUUID());
    Files.writeString(draft, words);
    Files.move(
        draft,
        state.resolve(ARGUMENTS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
