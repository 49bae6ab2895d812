package org.rayshell.kernel.magic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.eval.EvalResult;

/** {@code %time} and {@code %%time}: what running took, in IPython's words. */
final class TimeMagic implements Magic {
  private static final long COMPILE_SHOWN_NS = 100_000_000L;
  private static final double NS = 1e-9;
  private static final Pattern REPORT = Pattern.compile("^(\\s*)-r(?=\\s|$)");

  private final CellReporter reporter;

  TimeMagic(CellReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public Set<Form> forms() {
    return EnumSet.allOf(Form.class);
  }

  @Override
  public String usage() {
    return "%time [-r] STATEMENT, or %%time [-r] above a cell";
  }

  @Override
  public String summary() {
    return "CPU time of this process and wall time of running it; -r tells of its tasks, too";
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    boolean cell = call.form() == Form.CELL;
    Matcher option = REPORT.matcher(call.body());
    boolean reports = cell ? call.words().equals(List.of("-r")) : option.find();
    if (cell && !call.words().isEmpty() && !reports) {
      throw new MagicException("%%time has no option but -r: " + call.raw().strip());
    }
    // Every character stays in its place.
    String code = !cell && reports ? option.replaceFirst("$1  ") : call.body();
    if (code.isBlank()) {
      throw new MagicException(call.written() + " needs something to run: " + usage());
    }
    Stopwatch watch = new Stopwatch();
    EvalResult result = call.java().run(code, watch);
    if (!(result instanceof EvalResult.Rejected)) {
      report(call, watch);
      if (reports) {
        reporter.report(call.cell());
      }
    }
    return MagicResult.of(result);
  }

  private static void report(MagicCall call, Stopwatch watch) {
    long compiling = watch.rest();
    call.println(cpuLine(watch.cpu()));
    call.println("Wall time: " + IPythonTime.format(watch.wall() * NS));
    if (compiling > COMPILE_SHOWN_NS) {
      call.println("Compiler : " + IPythonTime.format(compiling * NS));
    }
  }

  static String cpuLine(ProcessTimes cpu) {
    return "CPU times: user "
        + IPythonTime.format(cpu.user() * NS)
        + ", sys: "
        + IPythonTime.format(cpu.system() * NS)
        + ", total: "
        + IPythonTime.format((cpu.user() + cpu.system()) * NS);
  }
}
