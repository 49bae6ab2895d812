package org.rayshell.install;

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

/** The kernelspec of RayShell in a folder of kernelspecs. Confined to one thread. */
final class Kernelspec {
  static final String NAME = "rayshell";
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
   * nothing has changed.
   */
  void install(Jars jars, PrintStream progress) throws InstallException {
    List<Path> made = new ArrayList<>();
    if (Files.exists(folder)) {
      made.addAll(KernelJson.made(folder));
    }
    // Jupyter takes no notice of it as long as it has no kernel.json.
    Path draft = kernels.resolve("." + NAME + "-" + UUID.randomUUID());
    Thread cleaner = new Thread(() -> discard(draft, made), "installation-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      List<Path> parents = Folders.make(kernels);
      made.addAll(0, parents);
      write(draft, jars, made, progress);
      replace(draft);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IOException e) {
      throw new InstallException("cannot install in " + folder + ": " + reason(e), e);
    }
  }

  private void write(Path draft, Jars jars, List<Path> made, PrintStream progress)
      throws IOException {
    Path lib = draft.resolve("lib");
    Files.createDirectories(lib);
    jars.copyTo(lib);
    copyLogos(draft);
    progress.println("Training the AOT caches, so that kernels and workers start faster …");
    AotCaches trained = AotCaches.train(KernelCommand.onThisJvm(jars.in(lib)), draft, progress);
    KernelCommand command = KernelCommand.onThisJvm(jars.in(folder.resolve("lib")));
    List<String> argv = command.line(trained.options(folder), "{connection_file}");
    new KernelJson(argv, made).write(draft);
  }

  /** Copies the pictures that Jupyter shows into a kernelspec's folder. */
  static void copyLogos(Path folder) throws IOException {
    for (String logo : LOGOS) {
      try (InputStream in = Kernelspec.class.getResourceAsStream(logo)) {
        Files.copy(in, folder.resolve(logo));
      }
    }
  }

  /** Two renames; a reader between them sees no kernelspec, never half of one. */
  private void replace(Path draft) throws IOException {
    Path old = kernels.resolve("." + NAME + "-" + UUID.randomUUID());
    boolean replaces = Files.exists(folder);
    if (replaces) {
      Files.move(folder, old);
    }
    try {
      Files.move(draft, folder);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, folder);
      }
      throw e;
    }
    Folders.removeTree(old);
  }

  private void discard(Path draft, List<Path> made) {
    try {
      Folders.removeTree(draft);
      if (!Files.exists(folder)) {
        Folders.removeEmpty(made);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + draft + ": " + reason(e));
    }
  }

  /** Removes the kernelspec and what was made for it; false if there is none. */
  boolean uninstall() throws InstallException {
    if (!Files.exists(folder)) {
      return false;
    }
    List<Path> made = KernelJson.made(folder);
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
