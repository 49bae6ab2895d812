package org.rayshell.runtime.owner;

import java.nio.ByteBuffer;
import java.util.List;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.code.ShippedFunction;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/** Tasks of the simulated cluster that are no trees: they throw, sleep, or make several values. */
final class SimulatedScript {
  /** The name of the exception that flaky tasks throw. */
  static final String FLAW = "Flaw";

  private static final int FLAKY = -1;
  private static final int SEVERAL = -2;
  private static final int STREAM = -3;
  private static final int SLEEP = -4;

  private final SimulatedCluster cluster;
  private final SimulatedCluster.Worker worker;
  private final SimulatedCluster.Run run;
  private int made;
  private int taken;
  private boolean waits;

  SimulatedScript(SimulatedCluster.Worker worker, SimulatedCluster.Run run) {
    this.cluster = worker.cluster();
    this.worker = worker;
    this.run = run;
    this.taken = run.task().terms().taken();
  }

  /** Throws every other time, else returns 7. */
  static ShippedCall flaky(TaskOptions options) {
    return call(FLAKY, 0, options);
  }

  /** Returns as many values as its options say. */
  static ShippedCall several(TaskOptions options) {
    return call(SEVERAL, 0, options);
  }

  /** Makes the numbers from 1 on, one after the other. */
  static ShippedCall stream(int count, TaskOptions options) {
    return call(STREAM, count, options);
  }

  /** Returns 7 after so long. */
  static ShippedCall sleep(int millis, TaskOptions options) {
    return call(SLEEP, millis, options);
  }

  private static ShippedCall call(int kind, int number, TaskOptions options) {
    byte[] numbers = ByteBuffer.allocate(8).putInt(kind).putInt(number).array();
    EncodedValue target = new EncodedValue(numbers);
    return new ShippedCall(
        new ShippedFunction("script", new Export("code", new byte[1]), target, options), List.of());
  }

  static boolean is(Message.PushTask task) {
    return ByteBuffer.wrap(task.target().bytes()).getInt() < 0;
  }

  boolean isStream() {
    return run.task().terms().returns() == Message.PushTask.Terms.STREAM;
  }

  void start() {
    ByteBuffer target = ByteBuffer.wrap(run.task().target().bytes());
    int kind = target.getInt();
    int number = target.getInt();
    worker.send(
        run.from(), new Message.TaskStarted(run.task().task(), run.task().attempt(), run.began()));
    switch (kind) {
      case FLAKY -> step(2_000_000, this::flip);
      case SEVERAL -> step(2_000_000, () -> makeOf(run.task().terms().returns()));
      case STREAM -> step(2_000_000, () -> next(number));
      case SLEEP -> cluster.time.schedule(number * 1_000_000L, () -> go(() -> end(value(7))));
      default -> throw new AssertionError(kind);
    }
  }

  private void step(int mostNs, Runnable action) {
    cluster.time.schedule(cluster.time.random.nextInt(mostNs), () -> go(action));
  }

  private void go(Runnable action) {
    if (!worker.dead && !worker.stopped && !run.over()) {
      action.run();
    }
  }

  private void flip() {
    if (cluster.time.random.nextBoolean()) {
      boolean retry = run.task().terms().retryOn().contains(FLAW);
      worker.end(run, Outcome.taskFailed(value(0).value(), FLAW), retry);
    } else {
      end(value(7));
    }
  }

  private void makeOf(int count) {
    if (made == count) {
      end(value(0));
      return;
    }
    make();
    step(500_000, () -> makeOf(count));
  }

  private void next(int count) {
    Message.PushTask.Terms terms = run.task().terms();
    if (made >= terms.kept() && terms.ahead() >= 0 && made + 1 - taken > terms.ahead()) {
      waits = true;
      return;
    }
    if (made == count) {
      end(value(0));
      return;
    }
    make();
    step(500_000, () -> next(count));
  }

  private void make() {
    made++;
    if (made > run.task().terms().kept()) {
      worker.send(
          run.from(),
          new Message.TaskItem(run.task().task(), run.task().attempt(), made, value(made)));
    }
  }

  void taken(Message.ItemsTaken message) {
    taken = Math.max(taken, message.count());
    if (waits) {
      waits = false;
      int count = ByteBuffer.wrap(run.task().target().bytes()).getInt(4);
      go(() -> next(count));
    }
  }

  private void end(Outcome outcome) {
    worker.end(run, outcome, false);
  }

  private static Outcome value(long number) {
    return Outcome.value(new EncodedValue(ByteBuffer.allocate(8).putLong(number).array()));
  }
}
