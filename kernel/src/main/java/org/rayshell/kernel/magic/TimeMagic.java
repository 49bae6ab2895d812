package org.rayshell.kernel.magic;

import java.util.EnumSet;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;

/** {@code %time} and {@code %%time}: what running took, in IPython's words. */
final class TimeMagic implements Magic {
  private static final long COMPILE_SHOWN_NS = 100_000_000L;
  private static final double NS = 1e-9;

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
    return "%time STATEMENT, or %%time above a cell";
  }

  @Override
  public String summary() {
    return "CPU time of this process and wall time of running it; compiling is not counted";
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.body().isBlank()) {
      throw new MagicException(call.written() + " needs something to run: " + usage());
    }
    Stopwatch watch = new Stopwatch();
    EvalResult result = call.runBody(watch);
    if (!(result instanceof EvalResult.Rejected)) {
      report(call, watch);
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
