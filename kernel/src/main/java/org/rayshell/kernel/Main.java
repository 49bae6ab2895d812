package org.rayshell.kernel;

import java.io.IOException;
import java.nio.file.Path;
import org.rayshell.kernel.channel.ConnectionFile;
import org.rayshell.kernel.channel.EarlyRandom;
import org.rayshell.kernel.history.HistoryFile;
import org.rayshell.kernel.session.InterruptSignal;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.kernel.session.ParentWatch;
import org.rayshell.kernel.session.Session;

/** The kernel's process: {@code java … org.rayshell.kernel.Main CONNECTION_FILE}. */
public final class Main {
  private static final String ENGINE = "org.rayshell.kernel.JavaEngine";
  private static final int EXIT_USAGE = 64;
  private static final int EXIT_UNAVAILABLE = 69;

  private Main() {}

  /** Runs a kernel until it is shut down. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: java org.rayshell.kernel.Main CONNECTION_FILE");
      System.exit(EXIT_USAGE);
    }
    EarlyRandom.prepare();
    ParentWatch jupyter = ParentWatch.of(System.getenv("JPY_PARENT_PID"));
    Session session;
    try {
      Path connection = Path.of(arguments[0]);
      session =
          new Session(
              ConnectionFile.read(connection),
              HistoryFile.open(System.getenv()),
              NotebookAddress.of(System.getenv(), connection));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("the kernel cannot start: " + e.getMessage());
      System.exit(EXIT_UNAVAILABLE);
      return;
    }
    session.start(System.getProperty("rayshell.engine", ENGINE));
    InterruptSignal.handle(session::interrupt);
    Runtime.getRuntime().addShutdownHook(new Thread(session::close, "kernel-shutdown"));
    jupyter.start(() -> System.exit(0));
    session.await();
    System.exit(0);
  }
}
