package org.rayshell.install;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code install/kernel} and the zip's {@code ./install}, which say in their
 * help what this does.
 */
@Command(name = "install/kernel")
public final class Main implements Callable<Integer> {
  private static final int EXIT_FAILED = 1;

  /** What the person at the terminal has called. */
  private static final String PROGRAM =
      System.getProperty("rayshell.install.program", "install/kernel");

  @ArgGroup(multiplicity = "1")
  private Where where;

  @Option(names = "--uninstall")
  private boolean uninstall;

  private Main() {}

  /** One of the three places. */
  private static final class Where {
    @Option(names = "--prefix", required = true, paramLabel = "DIR")
    private Path prefix;

    @Option(names = "--user", required = true)
    private boolean user;

    @Option(names = "--sys-prefix", required = true)
    private boolean sysPrefix;

    private Path kernels() throws InstallException {
      JupyterFolders folders = JupyterFolders.ofThisMachine();
      if (prefix != null) {
        return folders.kernels(prefix);
      }
      return user ? folders.userKernels() : folders.kernels(PythonPrefix.find());
    }
  }

  /** Installs or uninstalls, and exits. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler((e, _) -> {
      System.err.println(PROGRAM + ": " + e.getMessage() + " (see --help)");
      return CommandLine.ExitCode.USAGE;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() {
    try {
      Kernelspec kernelspec = new Kernelspec(where.kernels());
      if (uninstall) {
        boolean was = kernelspec.uninstall();
        System.out.println(
            (was ? "Uninstalled " : "Nothing is installed in ") + kernelspec.folder());
      } else {
        kernelspec.install(ownJars(), System.out);
        System.out.println("Installed Java (RayShell) in " + kernelspec.folder());
      }
      return CommandLine.ExitCode.OK;
    } catch (InstallException e) {
      System.err.println(PROGRAM + ": " + e.getMessage());
      return EXIT_FAILED;
    }
  }

  /** The jars that came with the installer. */
  static Jars ownJars() throws InstallException {
    return Jars.of(ownJar(), System.getProperty("java.class.path"));
  }

  /** The installer's own jar. */
  static Path ownJar() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has no file system path", e);
    }
  }
}
