package org.rayshell.kernel.bridge;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.magic.Magic;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.magic.ProcessTimes;

/** {@code %ray} and {@code %%ray}: where a cell's time went, and the runtime by commands. */
final class RayMagic implements Magic {
  private final CellRecords cells;
  private final CellReports reports;
  private final RayCommands commands;

  RayMagic(CellRecords cells, CellReports reports, CellFrames frames) {
    this.cells = cells;
    this.reports = reports;
    this.commands = new RayCommands(frames);
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
    return "%%ray above a cell, or %ray [" + String.join("|", commands.names()) + "]";
  }

  @Override
  public String summary() {
    return "where a cell's wall time went; the runtime by commands";
  }

  @Override
  public List<String> words(List<String> before) {
    return commands.words(before);
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.form() == Form.CELL) {
      return runCell(call);
    }
    if (call.words().isEmpty()) {
      lastCell(call);
      return MagicResult.done();
    }
    List<String> words = call.words();
    return commands.run(words.getFirst(), words.subList(1, words.size()), call);
  }

  private MagicResult runCell(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException("%%ray needs a cell to run; %ray tells of the last one");
    }
    // Exact from the first cell on.
    ProcessTimes.now();
    EvalResult result = call.runBody(InvokeListener.NONE);
    reports.report(call.cell());
    return MagicResult.of(result);
  }

  private void lastCell(MagicCall call) throws MagicException {
    CellRecord last = cells.last();
    if (last == null) {
      throw new MagicException("no cell has run yet; run one, or write %%ray above it");
    }
    reports.show(call.cell(), last);
  }
}
