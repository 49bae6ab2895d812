package org.rayshell.kernel.magic;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;

/** {@code %timeit} and {@code %%timeit}: the time of one loop, from several runs of many loops. */
final class TimeitMagic implements Magic {
  private static final double ENOUGH_SECONDS = 0.2;
  private static final long MOST_LOOPS = 1_000_000_000L;
  private static final double NS = 1e-9;
  private static final String FUNCTION = "$timeit";

  @Override
  public String name() {
    return "timeit";
  }

  @Override
  public Set<Form> forms() {
    return EnumSet.allOf(Form.class);
  }

  @Override
  public String usage() {
    return "%timeit [-n LOOPS] [-r RUNS] STATEMENT, or %%timeit [-n LOOPS] [-r RUNS] above a cell";
  }

  @Override
  public String summary() {
    return "mean time of a loop and its spread; the code is compiled once";
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    TimeitOptions options = TimeitOptions.parse(call);
    if (options.code().isBlank()) {
      throw new MagicException(call.written() + " needs something to run: " + usage());
    }
    Loop loop = new Loop(call, options.code());
    EvalResult defined = loop.define();
    if (!(defined instanceof EvalResult.Ok)) {
      return MagicResult.of(defined);
    }
    long loops = options.loops();
    if (loops == 0) {
      for (loops = 1; loops < MOST_LOOPS; loops *= 10) {
        if (loop.run(loops) * NS >= ENOUGH_SECONDS) {
          break;
        }
        if (loop.failure != null) {
          return MagicResult.of(loop.failure);
        }
      }
    }
    double[] seconds = new double[options.runs()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = loop.run(loops) * NS / loops;
      if (loop.failure != null) {
        return MagicResult.of(loop.failure);
      }
    }
    call.println(line(seconds, loops));
    return MagicResult.done();
  }

  /** IPython's line. */
  static String line(double[] seconds, long loops) {
    double mean = 0;
    for (double each : seconds) {
      mean += each;
    }
    mean /= seconds.length;
    double squares = 0;
    for (double each : seconds) {
      squares += (each - mean) * (each - mean);
    }
    return String.format(
        Locale.ROOT,
        "%s ± %s per loop (mean ± std. dev. of %d run%s, %,d loop%s each)",
        IPythonTime.format(mean),
        IPythonTime.format(Math.sqrt(squares / seconds.length)),
        seconds.length,
        seconds.length == 1 ? "" : "s",
        loops,
        loops == 1 ? "" : "s");
  }

  /** The code as a method that runs it many times and says how long that took. */
  private static final class Loop {
    private final MagicCall call;
    private final String code;
    EvalResult failure;

    Loop(MagicCall call, String code) {
      this.call = call;
      this.code = code;
    }

    EvalResult define() throws Exception {
      List<String> candidates = List.of(statements(code), statements(asStatement(code)));
      EvalResult result = null;
      for (String each : candidates) {
        EvalResult tried = call.java().run(method(each), InvokeListener.NONE);
        if (!(tried instanceof EvalResult.Rejected)) {
          return tried;
        }
        result = result == null ? tried : result;
      }
      return result;
    }

    /** An expression that is no statement becomes one by being kept in a variable. */
    private static String asStatement(String code) {
      String lead = code.substring(0, code.length() - code.stripLeading().length());
      return lead + "var $timeitValue = " + code.strip();
    }

    private static String statements(String code) {
      String text = code.stripTrailing();
      return text.endsWith(";") || text.endsWith("}") ? text : text + ";";
    }

    private static String method(String statements) {
      String lead =
          statements.substring(0, statements.length() - statements.stripLeading().length());
      return lead
          + "long "
          + FUNCTION
          + "(long $loops) throws Throwable { long $begin = System.nanoTime();"
          + " for (long $loop = 0; $loop < $loops; $loop++) { "
          + statements.stripLeading()
          + "\n} return System.nanoTime() - $begin; }";
    }

    /** Nanoseconds of so many loops; 0 and a failure if it did not work. */
    long run(long loops) throws Exception {
      EvalResult result = call.java().run(FUNCTION + "(" + loops + "L)", InvokeListener.NONE);
      if (result instanceof EvalResult.Ok ok && ok.value() instanceof Long nanos) {
        return nanos;
      }
      failure = result;
      return 0;
    }
  }
}
