package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.kernel.display.Amounts;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.OwnedObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %ray objects}: what the session's processes own and somebody still refers to. */
@Command(header = "the objects that are still referred to: value, size, where, who has refs")
final class ObjectsCommand extends RayCommand {
  private static final int MOST = 1_000;
  private static final String DRIVER = "driver";

  /** A worker that is asked may be stopped. */
  private static final long PATIENCE_NS = 1_000_000_000L;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "so many of each process at most, the latest; 20 by default")
  private int limit;

  @Override
  MagicResult run(MagicCall call) throws Exception {
    if (limit < 1 || limit > MOST) {
      throw new MagicException("%ray objects shows 1 to " + MOST + " of each: --limit=" + limit);
    }
    ClusterView view = view();
    Inspector inspector = inspector();
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put(DRIVER, view.driverPid());
    view.workers().stream()
        .filter(WorkerNames::lives)
        .forEach(each -> pids.put(each.workerId(), each.pid()));
    Map<String, CompletableFuture<List<OwnedObject>>> asked = new LinkedHashMap<>();
    pids.forEach((name, pid) -> asked.put(name, inspector.objects(pid, limit)));
    long until = System.nanoTime() + PATIENCE_NS;
    Sheet sheet =
        new Sheet()
            .text("object")
            .text("value")
            .number("size")
            .text("state")
            .text("kept by")
            .text("owner")
            .text("cell")
            .words("refs elsewhere");
    List<String> silent = new ArrayList<>();
    for (var each : asked.entrySet()) {
      List<OwnedObject> objects = answer(each.getValue(), until);
      if (objects == null) {
        silent.add(name(each.getKey(), pids));
      } else {
        objects.forEach(object ->
            row(
                sheet,
                each.getKey().equals(DRIVER) ? inspector.withPreview(object) : object,
                each.getKey(),
                pids));
      }
    }
    String rest =
        (sheet.size() == 0 ? "nobody refers to an object" : stored(view))
            + (silent.isEmpty() ? "" : "; no answer from " + String.join(", ", silent));
    return show(
        call,
        Html.fragment((sheet.size() == 0 ? "" : sheet.html()) + Html.muted(Html.escape(rest))),
        sheet.size() == 0 ? rest : sheet.text() + "\n" + rest);
  }

  private static String stored(ClusterView view) {
    return view.storedBytes() == 0
        ? "the driver holds small values only"
        : "the driver holds "
            + Amounts.bytes(view.storedBytes())
            + (view.spilledBytes() == 0
                ? ""
                : "; " + Amounts.bytes(view.spilledBytes()) + " of all values are on disk");
  }

  private static String name(String process, Map<String, Long> pids) {
    return process.equals(DRIVER)
        ? process
        : pids.containsKey(process) ? "worker " + pids.get(process) : process + " (ended)";
  }

  private static void row(Sheet sheet, OwnedObject object, String owner, Map<String, Long> pids) {
    String value =
        object.preview() != null
            ? object.preview()
            : object.function() == null ? "" : "of " + object.function();
    List<String> borrowers = object.borrowers().stream().map(each -> name(each, pids)).toList();
    sheet.row(
        Sheet.code(object.objectId().substring(0, 8)),
        new Sheet.Field(
            Html.cut(value),
            object.preview() == null ? Html.escape(Html.cut(value)) : Html.code(value)),
        object.bytes() == 0 ? Sheet.NONE : Sheet.of(Amounts.bytes(object.bytes())),
        state(object.state()),
        object.keptBy() == null ? Sheet.NONE : Sheet.of(name(object.keptBy(), pids)),
        Sheet.of(name(owner, pids)),
        object.cell() == null ? Sheet.NONE : Sheet.of(object.cell()),
        Sheet.of(Html.cut(String.join(", ", borrowers))));
  }

  private static Sheet.Field state(OwnedObject.State state) {
    return switch (state) {
      case PENDING -> mark("○", "#808080", "pending");
      case STORED -> mark("●", "#009E73", "stored");
      case FAILED -> mark("✕", "#D55E00", "failed");
      case FREED -> mark("⊘", "#808080", "freed");
      case LOST -> mark("✕", "#D55E00", "lost");
    };
  }

  private static Sheet.Field mark(String glyph, String colour, String word) {
    return new Sheet.Field(
        word, "<span style=\"color:" + colour + "\">" + glyph + "</span> " + word);
  }
}
