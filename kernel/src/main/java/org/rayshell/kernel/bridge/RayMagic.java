package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.magic.Magic;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;

/** {@code %ray} and {@code %%ray}: where a cell's time went, and the runtime by commands. */
final class RayMagic implements Magic {
  private static final List<String> COMMANDS =
      List.of("init", "status", "resources", "tasks", "cancel", "shutdown", "help");
  private static final String HELP =
      """
      %%ray            above a cell: runs it, then tells where its wall time went
      %ray             the same of the last cell that ran
      %ray tasks       the latest tasks: state, worker, time in the queue, CPU and wall time
      %ray cancel      ends all tasks that run or wait; with names of functions, or beginnings of
                       refs' ids, those alone; --force kills the workers of those that run
      %ray init        starts the runtime: --num-cpus N, --object-store-memory BYTES,
                       --dashboard-port PORT, --no-dashboard, --ignore-reinit-error
      %ray status      whether the runtime is up, and what it has
      %ray resources   what there is in all and what is used
      %ray shutdown    ends the runtime and its workers
      %ray help        this
      """;

  private final CellRecords cells;
  private final CellReports reports;

  RayMagic(CellRecords cells, CellReports reports) {
    this.cells = cells;
    this.reports = reports;
  }

  @Override
  public String name() {
    return "ray";
  }

  @Override
  public Set<Form> forms() {
    return EnumSet.allOf(Form.class);
  }

  @Override
  public String usage() {
    return "%%ray above a cell, or %ray [tasks|cancel|init|status|resources|shutdown|help]";
  }

  @Override
  public String summary() {
    return "where a cell's wall time went; the runtime by commands";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty()
        ? COMMANDS
        : before.getFirst().equals("cancel")
            ? Runtimes.view().map(CancelCommand::words).orElse(List.of())
            : List.of();
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    return call.form() == Form.CELL ? runCell(call) : runLine(call);
  }

  private MagicResult runCell(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException("%%ray needs a cell to run; %ray tells of the last one");
    }
    EvalResult result = call.runBody(InvokeListener.NONE);
    reports.report(call.cell());
    return MagicResult.of(result);
  }

  private MagicResult runLine(MagicCall call) throws MagicException {
    String command = call.words().isEmpty() ? "" : call.words().getFirst();
    List<String> rest =
        call.words().isEmpty() ? List.of() : call.words().subList(1, call.words().size());
    if (!rest.isEmpty() && !command.equals("init") && !command.equals("cancel")) {
      throw new MagicException(
          "%ray " + command + " takes no arguments: " + String.join(" ", rest));
    }
    switch (command) {
      case "" -> lastCell(call);
      case "tasks" -> {
        ClusterView view = view();
        call.cell().display(MimeBundle.html(TaskTable.html(view), TaskTable.text(view)), null);
      }
      case "cancel" -> call.println(CancelCommand.run(view(), rest));
      case "init" -> {
        return MagicResult.value(Ray.init(options(rest)));
      }
      case "status" -> status(call);
      case "resources" -> {
        view();
        return MagicResult.value(Ray.clusterResources());
      }
      case "shutdown" -> {
        boolean up = Ray.isInitialized();
        Ray.shutdown();
        call.println(up ? "Ray is stopped" : "Ray was not running");
      }
      case "help" -> call.cell().stream(false, HELP);
      default -> throw new MagicException(unknown(command));
    }
    return MagicResult.done();
  }

  private void lastCell(MagicCall call) throws MagicException {
    CellRecord last = cells.last();
    if (last == null) {
      throw new MagicException("no cell has run yet; run one, or write %%ray above it");
    }
    reports.show(call.cell(), last);
  }

  private void status(MagicCall call) {
    if (!Ray.isInitialized()) {
      call.println("Ray is not running; Ray.init() or %ray init starts it");
      return;
    }
    Runtimes.view()
        .ifPresent(view -> {
          ContextFragment fragment = new ContextFragment(new org.rayshell.RayContext(view, true));
          call.cell().display(fragment.draw(false), null);
        });
  }

  private static ClusterView view() throws MagicException {
    return Runtimes.view()
        .orElseThrow(
            () -> new MagicException("Ray is not running; Ray.init() or %ray init starts it"));
  }

  private static String unknown(String command) {
    List<String> near = Magics.near(command.toLowerCase(Locale.ROOT), COMMANDS);
    return "%ray has no command "
        + command
        + (near.isEmpty()
            ? "; it has " + String.join(", ", COMMANDS)
            : "; did you mean %ray " + String.join(" or %ray ", near) + "?");
  }

  private static RayOptions options(List<String> words) throws MagicException {
    RayOptions options = RayOptions.create();
    List<String> left = new ArrayList<>();
    for (String each : words) {
      int equals = each.indexOf('=');
      if (each.startsWith("--") && equals > 0) {
        left.add(each.substring(0, equals));
        left.add(each.substring(equals + 1));
      } else {
        left.add(each);
      }
    }
    try {
      for (int i = 0; i < left.size(); i++) {
        options =
            switch (left.get(i)) {
              case "--num-cpus" -> options.numCpus((int) number(left, ++i));
              case "--object-store-memory" -> options.objectStoreMemory(number(left, ++i));
              case "--dashboard-port" -> options.dashboardPort((int) number(left, ++i));
              case "--no-dashboard" -> options.includeDashboard(false);
              case "--ignore-reinit-error" -> options.ignoreReinitError(true);
              default ->
                  throw new MagicException(
                      "%ray init does not know " + left.get(i) + "; %ray help lists its options");
            };
      }
    } catch (IllegalArgumentException e) {
      throw new MagicException("%ray init: " + e.getMessage(), e);
    }
    return options;
  }

  private static long number(List<String> words, int at) throws MagicException {
    String option = words.get(at - 1);
    if (at >= words.size()) {
      throw new MagicException(option + " needs a number");
    }
    try {
      return Long.parseLong(words.get(at));
    } catch (NumberFormatException e) {
      throw new MagicException(option + " needs a number: " + option + "=" + words.get(at), e);
    }
  }
}
