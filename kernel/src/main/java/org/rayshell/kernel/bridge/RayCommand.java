package org.rayshell.kernel.bridge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterInfo;
import org.rayshell.runtime.view.ClusterView;
import picocli.CommandLine.Option;

/**
 * A command of {@code %ray}, made anew for each call: its fields are its options and arguments, and
 * its annotations its help. For one thread.
 */
abstract class RayCommand {
  @Option(names = "--help", usageHelp = true, description = "shows this")
  private boolean help;

  /**
   * Does it.
   *
   * @throws MagicException if it cannot do what it was asked
   * @throws InterruptedException if the cell is interrupted
   */
  abstract MagicResult run(MagicCall call) throws Exception;

  /** What an argument may be that is no option, for completion; empty if anything. */
  List<String> words(ClusterView view) {
    return List.of();
  }

  /** What the value of that option may be, for completion; empty if anything. */
  List<String> values(String option, ClusterView view) {
    return List.of();
  }

  static ClusterView view() throws MagicException {
    return Runtimes.view().orElseThrow(RayCommand::notRunning);
  }

  /**
   * The view of a session with workers of its own.
   *
   * @param command who is about to look into them
   * @throws MagicException if they are a cluster's
   */
  static ClusterView ownWorkers(String command) throws MagicException {
    ClusterView view = view();
    ClusterInfo cluster = view.cluster().orElse(null);
    if (cluster != null) {
      throw new MagicException(
          command
              + " is not for the workers of a cluster; "
              + cluster
                  .dashboard()
                  .map(url -> "Ray's dashboard shows them: " + url)
                  .orElse("Ray's own tools are, on its machines"));
    }
    return view;
  }

  static Inspector inspector() throws MagicException {
    return Runtimes.inspector().orElseThrow(RayCommand::notRunning);
  }

  private static MagicException notRunning() {
    return new MagicException("Ray is not running; Ray.init() or %ray init starts it");
  }

  static MagicResult show(MagicCall call, String html, String text) {
    call.cell().display(MimeBundle.html(html, text), null);
    return MagicResult.done();
  }

  /** The answer, if it comes before that time of {@code System.nanoTime}; else null. */
  static <T> T answer(CompletableFuture<T> question, long until) throws InterruptedException {
    try {
      return question.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // It has ended, or is stopped: either way there is no answer.
      return null;
    } finally {
      question.cancel(false);
    }
  }

  /** Waits until all are answered, or have failed, or that time has come. */
  static void answered(List<? extends CompletableFuture<?>> questions, long until)
      throws InterruptedException {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            questions.stream()
                .map(each -> each.handle((_, _) -> null))
                .toArray(CompletableFuture[]::new));
    answer(all, until);
  }
}
