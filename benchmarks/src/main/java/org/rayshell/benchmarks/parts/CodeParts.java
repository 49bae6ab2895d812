package org.rayshell.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rayshell.kernel.bridge.SnippetCode;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.runtime.code.FunctionShipper;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.code.TaskCode;
import org.rayshell.runtime.store.ValueCodec;

/**
 * A lambda of a cell on its way to a worker: it calls a method of the session and makes a record,
 * and the method reads a variable.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodeParts {
  private static final String CELL =
      """
      int factor = 3;
      int scaled(int n) { return factor * n; }
      record Point(int x, int y) {}
      org.rayshell.Call1<Integer, Integer> lambda = n -> scaled(new Point(n, n).x()) + 1;
      lambda
      """;

  private static final Object[] ARGUMENTS = {20};

  private Evaluator evaluator;
  private SnippetCode cells;
  private Object lambda;
  private FunctionShipper shipper;
  private ShippedCall call;
  private TaskCode worker;

  private static ValueCodec codec() {
    return new ValueCodec(new NoRefs());
  }

  /** Runs the cell, and ships its lambda once. */
  @Setup
  public void run() throws Throwable {
    evaluator = SnippetCode.evaluator();
    EvalResult result = evaluator.eval(CELL, 1, InvokeListener.NONE);
    if (!(result instanceof EvalResult.Ok ok)) {
      throw new IllegalStateException("the cell failed: " + result);
    }
    lambda = ok.value();
    cells = new SnippetCode(evaluator);
    shipper = new FunctionShipper(cells, codec());
    call = shipAgain();
    worker = new TaskCode(codec());
    worker.load(call.export());
    if (!Integer.valueOf(61).equals(callAgain())) {
      throw new IllegalStateException("another result than 61");
    }
  }

  /** Ends the session. */
  @TearDown
  public void close() {
    evaluator.close();
  }

  /** Finds the code that the lambda needs, and all else. */
  @Benchmark
  public ShippedCall shipFirst() {
    return new FunctionShipper(cells, codec()).shipLambda(lambda, null, ARGUMENTS);
  }

  /** Its code is known. */
  @Benchmark
  public ShippedCall shipAgain() {
    return shipper.shipLambda(lambda, null, ARGUMENTS);
  }

  /** What a worker does with code that it has not seen. */
  @Benchmark
  public Object callFirst() throws Throwable {
    TaskCode fresh = new TaskCode(codec());
    fresh.load(call.export());
    return fresh.prepare(call.export().hash(), call.target().bytes()).invoke(ARGUMENTS);
  }

  /** What it does with code that it has. */
  @Benchmark
  public Object callAgain() throws Throwable {
    return worker.prepare(call.export().hash(), call.target().bytes()).invoke(ARGUMENTS);
  }
}
