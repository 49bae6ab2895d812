package org.rayshell.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Gets what is wanted of Maven and adds it to the class path of cells and workers; a line under the
 * cell says what is fetched. Thread-safe.
 */
final class MavenDownload {
  private final LibraryPath libraries;
  private final MavenRepositories repositories;

  MavenDownload(LibraryPath libraries, MavenRepositories repositories) {
    this.libraries = libraries;
    this.repositories = repositories;
  }

  /** The repositories of the session. */
  MavenRepositories repositories() {
    return repositories;
  }

  /**
   * Gets it.
   *
   * @throws MagicException if something cannot be had; names it
   */
  void run(MavenRequest request, MagicCall call) throws Exception {
    Progress progress = new Progress(call.cell());
    Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
    FutureTask<List<Path>> search =
        new FutureTask<>(() ->
            new MavenResolver(MavenSettings.read(settings), repositories.all(), progress)
                .resolve(request));
    // A download does not hear an interrupt: it is left to itself, and its result is dropped.
    Thread.ofPlatform().name("kernel-maven").daemon().start(search);
    List<Path> jars;
    try {
      jars = search.get();
    } catch (InterruptedException e) {
      search.cancel(true);
      progress.end("interrupted");
      throw e;
    } catch (ExecutionException e) {
      progress.end("failed");
      throw e.getCause() instanceof MagicException said
          ? said
          : new MagicException(call.written() + " failed: " + e.getCause(), e.getCause());
    }
    List<Path> before = libraries.added();
    List<Path> added = jars.stream().filter(each -> !before.contains(each)).toList();
    libraries.add(added, call);
    progress.end(
        "added "
            + added.size()
            + (added.size() == 1 ? " jar" : " jars")
            + (added.size() == jars.size()
                ? ""
                : ", " + (jars.size() - added.size()) + " were there")
            + (progress.files == 0 ? "" : ", fetched " + Amounts.bytes(progress.bytes)));
  }

  /** One line under the cell that says what is fetched. Thread-safe: its own lock. */
  private static final class Progress extends AbstractTransferListener {
    private static final long TICK_NS = 250_000_000L;

    private final Cell cell;
    private final String id = "maven-" + UUID.randomUUID();
    private boolean shown;
    private boolean ended;
    private long last;
    private int files;
    private long bytes;

    Progress(Cell cell) {
      this.cell = cell;
    }

    @Override
    public synchronized void transferProgressed(TransferEvent event) {
      long now = System.nanoTime();
      if (!ended && (last == 0 || now - last > TICK_NS)) {
        last = now;
        say("fetching " + name(event) + ", " + Amounts.bytes(event.getTransferredBytes()));
      }
    }

    @Override
    public synchronized void transferSucceeded(TransferEvent event) {
      files++;
      bytes += event.getTransferredBytes();
    }

    private static String name(TransferEvent event) {
      String resource = event.getResource().getResourceName();
      return resource.substring(resource.lastIndexOf('/') + 1);
    }

    synchronized void end(String text) {
      ended = true;
      say(text);
    }

    private void say(String text) {
      MimeBundle bundle = MimeBundle.text(text);
      if (shown) {
        cell.updateDisplay(bundle, id);
      } else {
        shown = true;
        cell.display(bundle, id);
      }
    }
  }
}
