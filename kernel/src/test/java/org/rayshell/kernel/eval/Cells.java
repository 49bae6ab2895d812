package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A session for tests: cells are numbered from 1 and end as the called method says. */
public final class Cells implements AutoCloseable {
  /** What cells count down once they are where they are to be stopped. */
  public static volatile CountDownLatch there;

  private final Evaluator evaluator;
  private int count;

  /** A session whose classes are not shipped. */
  public Cells() {
    this(new Evaluator(ClassPreparation.NONE, Cells.class.getClassLoader()));
  }

  /** A session over an evaluator, which is closed with it. */
  public Cells(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  public Evaluator evaluator() {
    return evaluator;
  }

  /** The number of the last cell. */
  public int count() {
    return count;
  }

  public EvalResult run(String code) {
    return evaluator.eval(code, ++count, InvokeListener.NONE);
  }

  /** Runs without an error. */
  public EvalResult.Ok ok(String code) {
    return as(EvalResult.Ok.class, code);
  }

  /** What the cell shows. */
  public Object value(String code) {
    EvalResult.Ok ok = ok(code);
    if (!ok.hasValue()) {
      throw new AssertionError("no value: " + code);
    }
    return ok.value();
  }

  public Throwable threw(String code) {
    return as(EvalResult.Threw.class, code).exception();
  }

  public List<EvalResult.Problem> rejected(String code) {
    return as(EvalResult.Rejected.class, code).problems();
  }

  private <R extends EvalResult> R as(Class<R> expected, String code) {
    EvalResult result = run(code);
    if (result instanceof EvalResult.Threw threw && expected != EvalResult.Threw.class) {
      throw new AssertionError("the cell threw: " + code, threw.exception());
    }
    return assertInstanceOf(expected, result, () -> "cell: " + code + "\n" + result);
  }

  /** The static type of an expression once the code has run without an error. */
  public String typeOf(String code, String expression) {
    ok(code);
    return evaluator.analyse(each -> each.analyzeType(expression, expression.length()));
  }

  /** Runs without an error and gives what it wrote to stderr. */
  public String notes(String code) {
    PrintStream former = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      ok(code);
    } finally {
      System.setErr(former);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The exception's frames as they are shown. */
  public static List<String> trace(Throwable exception) {
    return Arrays.stream(exception.getStackTrace()).map(CellTrace::text).toList();
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
