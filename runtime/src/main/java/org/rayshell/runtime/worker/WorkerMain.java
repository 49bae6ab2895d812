package org.rayshell.runtime.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.rayshell.runtime.WorkerRuntime;

/** The main class of a worker process. */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * Runs tasks until the driver ends this process or is gone.
   *
   * @param args the session's folder and the worker's number
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: WorkerMain <session folder> <number>");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    OrphanWatch.install(folder);
    TaskOutputCapture.install();
    SessionDirectory session = SessionDirectory.open(folder);
    int number = Integer.parseInt(args[1]);
    WorkerLog.at(session, number);
    WorkerRuntime.run(folder, session.secret(), number);
  }
}
