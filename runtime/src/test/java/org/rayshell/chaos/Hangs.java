package org.rayshell.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rayshell.runtime.Runtimes;

/** What the threads of all processes of a session do, for who has to find out why it hangs. */
final class Hangs {
  private static final int DUMP_SECONDS = 10;

  private Hangs() {}

  static void dump(long seed) {
    System.err.println("chaos: seed=" + seed + ", threads of all processes follow");
    Runtimes.view().ifPresent(view -> System.err.println(view.workers() + "\n" + view.tasks()));
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
        .filter(p -> p.info().command().orElse("").endsWith("java"))
        .forEach(Hangs::dump);
  }

  private static void dump(ProcessHandle process) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process dump =
          new ProcessBuilder(List.of(jcmd, "" + process.pid(), "Thread.print"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!dump.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
        // It asks a process that is stopped.
        dump.destroyForcibly();
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("no threads of " + process.pid() + ": " + e);
    }
  }
}
