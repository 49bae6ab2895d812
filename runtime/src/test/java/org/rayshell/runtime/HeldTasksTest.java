package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.wire.Backend;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;

/** Cancelling of what a worker has, without one: what is queued, and what is between two states. */
class HeldTasksTest {
  private static final ObjectId ONE = new ObjectId(1, 1, 1);
  private static final ObjectId TWO = new ObjectId(2, 1, 1);

  /** What is to be run later. */
  private final List<Runnable> timers = new ArrayList<>();

  private final Backend backend =
      new Backend() {
        @Override
        public Timer schedule(long delayNs, Runnable command) {
          timers.add(command);
          return () -> timers.remove(command);
        }

        @Override
        public void defer(Runnable command) {
          timers.add(command);
        }
      };

  /** Nothing is encoded here. */
  private final RefPort noRefs =
      new RefPort() {
        @Override
        public RefAddress lend(ObjectRef<?> ref) {
          throw new AssertionError();
        }

        @Override
        public ObjectRef<?> borrow(RefAddress address) {
          throw new AssertionError();
        }
      };

  private final TaskRunner runner =
      new TaskRunner(new ValueCodec(noRefs), null, null, backend::epochNs, null);
  private final AtomicInteger kills = new AtomicInteger();
  private final HeldTasks held =
      new HeldTasks(backend, runner, null, (_, _) -> false, () -> {}, kills::incrementAndGet);

  private static Message.PushTask task(ObjectId id, int attempt) {
    return new Message.PushTask(
        1,
        id,
        "f",
        "",
        new EncodedValue(new byte[0]),
        List.of(),
        List.of(),
        attempt,
        4,
        null,
        0,
        Message.PushTask.Terms.PLAIN);
  }

  private static Message.CancelTask cancel(ObjectId id, int attempt, boolean force) {
    return new Message.CancelTask(id, attempt, force, false);
  }

  @Test
  void whatIsQueuedIsTakenOutAndItsOwnerTold() {
    held.sent(task(ONE, 1), "driver");
    held.sent(task(TWO, 1), "w7");
    assertEquals("w7", held.cancel(cancel(TWO, 1, true)));
    assertFalse(runner.remove(TWO), "it is gone");
    assertNull(held.cancel(cancel(TWO, 1, true)), "once only");
    assertEquals("driver", held.cancel(cancel(ONE, 1, false)));
    assertTrue(held.isEmpty());
    assertTrue(timers.isEmpty(), "nothing is to be interrupted");
  }

  @Test
  void anotherTryIsNotMeant() {
    held.sent(task(ONE, 2), "driver");
    assertNull(held.cancel(cancel(ONE, 1, true)));
    assertTrue(runner.remove(ONE), "it is still there");
  }

  @Test
  void whatWasTakenOffTheQueueButHasNotBegunDoesNotBegin() {
    CancelSignal signal = new CancelSignal();
    assertTrue(signal.cancel());
    signal.ifRunning(kills::incrementAndGet);
    assertFalse(signal.begin());
    assertFalse(signal.cancel(), "it is over");
    assertEquals(0, kills.get());
    assertFalse(Thread.interrupted());
  }

  @Test
  void anInterruptReachesTheUsersCodeOrNothing() {
    CancelSignal signal = new CancelSignal();
    assertTrue(signal.begin());
    assertTrue(signal.cancel());
    assertTrue(Thread.currentThread().isInterrupted());
    signal.ifRunning(kills::incrementAndGet);
    assertEquals(1, kills.get());
    signal.end();
    assertFalse(Thread.currentThread().isInterrupted(), "none is left behind");
    assertFalse(signal.cancel());
    signal.ifRunning(kills::incrementAndGet);
    assertEquals(1, kills.get());
    assertFalse(Thread.interrupted());
    assertTrue(signal.cancelled());
  }

  @Test
  void interruptsAreRepeatedUntilTheEnd() {
    held.sent(task(ONE, 1), "driver");
    assertTrue(runner.remove(ONE), "as the running thread takes it");
    assertNull(held.cancel(cancel(ONE, 1, false)));
    assertEquals(1, timers.size());
    for (int i = 0; i < 3; i++) {
      timers.removeFirst().run();
      assertEquals(1, timers.size(), "again, and one timer alone");
    }
    assertNull(held.cancel(cancel(ONE, 1, false)));
    assertEquals(1, timers.size(), "a second cancel makes no second timer");
    held.ended(
        new Message.TaskDone(
            ONE, 1, Outcome.failure(Outcome.Kind.TASK_CANCELLED, ""), "", 0, 1, 0, false));
    assertTrue(held.isEmpty());
  }
}
