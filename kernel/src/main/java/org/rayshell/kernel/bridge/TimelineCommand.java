package org.rayshell.kernel.bridge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rayshell.Ray;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerLanes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %ray timeline}: what each worker ran when. */
@Command(header = "what each worker ran when: here, or as a file for Perfetto or an SVG picture")
final class TimelineCommand extends RayCommand {
  /** So many bars fit a fragment, over all lanes. */
  private static final int PARTS = 120;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "a name that ends in .svg for a picture, in .json for Perfetto")
  private String file;

  @Override
  MagicResult run(MagicCall call) throws Exception {
    ClusterView view = view();
    if (file == null) {
      long workers = view.workers().stream().filter(WorkerNames::lives).count();
      int parts = PARTS / Math.clamp(workers, 1, TimelineView.LANES);
      TimelineView lanes = new TimelineView(WorkerLanes.of(view, parts));
      return show(call, lanes.html(), lanes.text());
    }
    if (!file.toLowerCase(Locale.ROOT).matches(".*\\.(?:svg|json)")) {
      throw new MagicException(
          "%ray timeline writes .json, for Perfetto, and .svg, a picture: FILE=" + file);
    }
    Path path =
        Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file)
            .toAbsolutePath();
    if (!Files.isDirectory(path.getParent())) {
      throw new MagicException("there is no such folder: " + path.getParent());
    }
    Ray.timeline(path);
    call.println(
        "wrote "
            + path
            + ", "
            + Amounts.bytes(Files.size(path))
            + (file.endsWith(".json") ? "; open it in https://ui.perfetto.dev" : ""));
    return MagicResult.done();
  }
}
