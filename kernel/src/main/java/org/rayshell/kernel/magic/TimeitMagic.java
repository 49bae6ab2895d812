package org.rayshell.kernel.magic;

import java.util.Arrays;
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
  private static final double SPREAD = 4;
  private static final double SPREAD_FROM_SECONDS = 1e-6;
  private static final String VARIABLE = "$timeit";

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
    String spread = spread(seconds);
    if (!spread.isEmpty()) {
      call.println(spread);
    }
    call.println(line(seconds, loops));
    return MagicResult.done();
  }

  /** IPython's warning if the runs differ much; empty if they do not, or take no time. */
  static String spread(double[] seconds) {
    double best = Arrays.stream(seconds).min().orElse(0);
    double worst = Arrays.stream(seconds).max().orElse(0);
    return worst > SPREAD * best && best > 0 && worst > SPREAD_FROM_SECONDS
        ? String.format(
            Locale.ROOT,
            "The slowest run took %.2f times longer than the fastest. This could mean that an"
                + " intermediate result is being cached.",
            worst / best)
        : "";
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

  /**
   * The code as a variable that holds a lambda, which runs it many times and says how long that
   * took. Unlike a method it is refused if it uses what is not defined.
   */
  private static final class Loop {
    private static final String KEPT = "var $timeitValue = ";
    private static final String NO_STATEMENT = "not a statement";
    private static final String HEAD =
        TimedLoop.class.getName()
            + " "
            + VARIABLE
            + " = $loops -> { long $begin = System.nanoTime();"
            + " for (long $loop = 0; $loop < $loops; $loop++) { ";

    private final MagicCall call;
    private final String lead;
    private final String code;
    EvalResult failure;

    Loop(MagicCall call, String code) {
      this.call = call;
      this.lead = code.substring(0, code.length() - code.stripLeading().length());
      this.code = code.strip();
    }

    EvalResult define() throws Exception {
      EvalResult result = define("");
      if (result instanceof EvalResult.Rejected asStatement) {
        // An expression that is no statement becomes one by being kept in a variable.
        EvalResult asValue = define(KEPT);
        return asValue instanceof EvalResult.Rejected(var problems)
                && !isValue(asStatement.problems(), problems)
            ? asStatement
            : asValue;
      }
      return result;
    }

    /** Whether the code can only be a value, so that its problems as a statement say nothing. */
    private static boolean isValue(
        List<EvalResult.Problem> asStatement, List<EvalResult.Problem> asValue) {
      return asStatement.stream().anyMatch(each -> each.message().contains(NO_STATEMENT))
          && asValue.size() <= asStatement.size();
    }

    private EvalResult define(String keep) throws Exception {
      String end = code.endsWith(";") || code.endsWith("}") ? "" : ";";
      String loop = HEAD + keep + code + end + "\n} return System.nanoTime() - $begin; };";
      EvalResult result = call.java().run(lead + loop, InvokeListener.NONE);
      return result instanceof EvalResult.Rejected(var problems)
          ? new EvalResult.Rejected(
              problems.stream()
                  .map(each -> asWritten(each, HEAD.length() + keep.length()))
                  .toList())
          : result;
    }

    /** The problem in the code as it was given. */
    private EvalResult.Problem asWritten(EvalResult.Problem problem, int inserted) {
      List<String> lines = (lead + code).lines().toList();
      int first = 1 + (int) lead.chars().filter(c -> c == '\n').count();
      int line = Math.min(problem.line(), lines.size());
      int shift = problem.line() == first ? inserted : 0;
      int column = Math.max(1, problem.column() - shift);
      return new EvalResult.Problem(
          line,
          column,
          Math.max(column + 1, problem.endColumn() - shift),
          problem.message(),
          lines.get(line - 1),
          problem.hint());
    }

    /** Nanoseconds of so many loops; 0 and a failure if it did not work. */
    long run(long loops) throws Exception {
      EvalResult result = call.java().run(VARIABLE + ".run(" + loops + "L)", InvokeListener.NONE);
      if (result instanceof EvalResult.Ok ok && ok.value() instanceof Long nanos) {
        return nanos;
      }
      failure = result;
      return 0;
    }
  }
}
