package org.rayshell.install;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The kernelspec of RayShell in a folder of kernelspecs. Confined to one thread. */
final class Kernelspec {
  static final String NAME = "rayshell";
  private static final String VERSION = "version-";
  private static final List<String> LOGOS =
      List.of("logo-svg.svg", "logo-32x32.png", "logo-64x64.png");

  private final Path kernels;
  private final Path folder;

  Kernelspec(Path kernels) {
    this.kernels = kernels;
    this.folder = kernels.resolve(NAME);
  }

  Path folder() {
    return folder;
  }

  /**
   * Writes the kernelspec, in place of an older one; either all of it is there in the end, or
   * nothing has changed. A reader meanwhile sees the older one, or none.
   */
  void install(Jars jars, PrintStream progress) throws InstallException {
    List<Path> made = new ArrayList<>(made());
    // A JVM checks each class anew whose jar is elsewhere than its AOT cache has it: so the caches
    // are trained where they stay, beside what an older kernel.json names.
    Path version = folder.resolve(VERSION + UUID.randomUUID());
    Thread cleaner = new Thread(() -> discard(version, made), "installation-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      made.addAll(0, Folders.make(kernels));
      Path lib = version.resolve("lib");
      Files.createDirectories(lib);
      jars.copyTo(lib);
      progress.println("Training the AOT caches, so that kernels and workers start faster …");
      KernelCommand command = KernelCommand.onThisJvm(jars.in(lib));
      AotCaches trained = AotCaches.train(command, version, progress);
      publish(command.line(trained.options(version), "{connection_file}"), made, version);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IOException e) {
      throw new InstallException("cannot install in " + folder + ": " + reason(e), e);
    }
  }

  /** From the renaming of kernel.json on the new version is what Jupyter starts. */
  private void publish(List<String> argv, List<Path> made, Path version)
      throws IOException, InstallException {
    copyLogos(version);
    for (String logo : LOGOS) {
      Files.move(version.resolve(logo), folder.resolve(logo), ATOMIC_MOVE, REPLACE_EXISTING);
    }
    new KernelJson(argv, made).write(version);
    Files.move(
        version.resolve(KernelJson.FILE),
        folder.resolve(KernelJson.FILE),
        ATOMIC_MOVE,
        REPLACE_EXISTING);
    for (Path each : entries()) {
      String name = each.getFileName().toString();
      if (!each.equals(version) && !name.equals(KernelJson.FILE) && !LOGOS.contains(name)) {
        Folders.removeTree(each);
      }
    }
  }

  /** Copies the pictures that Jupyter shows into a kernelspec's folder. */
  static void copyLogos(Path folder) throws IOException {
    for (String logo : LOGOS) {
      try (InputStream in = Kernelspec.class.getResourceAsStream(logo)) {
        Files.copy(in, folder.resolve(logo));
      }
    }
  }

  /** The folders that an earlier installation had to make; none if it was killed in the midst. */
  private List<Path> made() throws InstallException {
    boolean begun =
        entries().stream().allMatch(each -> each.getFileName().toString().startsWith(VERSION));
    return begun ? List.of() : KernelJson.made(folder);
  }

  private List<Path> entries() throws InstallException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new InstallException("cannot read " + folder + ": " + reason(e), e);
    }
  }

  private void discard(Path version, List<Path> made) {
    try {
      Folders.removeTree(version);
      if (!Files.exists(folder.resolve(KernelJson.FILE))) {
        Folders.removeTree(folder);
        Folders.removeEmpty(made);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + version + ": " + reason(e));
    }
  }

  /** Removes the kernelspec and what was made for it; false if there is none. */
  boolean uninstall() throws InstallException {
    if (!Files.exists(folder)) {
      return false;
    }
    List<Path> made = made();
    try {
      Folders.removeTree(folder);
      Folders.removeEmpty(made);
      return true;
    } catch (IOException e) {
      throw new InstallException("cannot remove " + folder + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied ->
          "no permission to write to " + denied.getFile() + "; choose another --prefix, or --user";
      case FileSystemException file when file.getReason() != null ->
          file.getReason() + ": " + file.getFile();
      case FileSystemException file -> file.getFile() + " cannot be made or written";
      default -> String.valueOf(e.getMessage());
    };
  }
}
