package org.rayshell.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parts that threads share without a lock, under a model checker that tries orders of their
 * steps. It rewrites the classes of its JVM, and so has one of its own.
 */
@ExtendWith(NothingLeft.class)
@Timeout(1_800)
class LockFreeTest {
  private static final String DOORBELL = "org.rayshell.runtime.wire.DoorbellModel";
  private static final String STATE = "org.rayshell.runtime.owner.ObjectStateModel";
  private static final String WAITER = "org.rayshell.runtime.owner.WaiterModel";

  /** Checks the class of that name, in so many scenarios of so many runs each. */
  static final class Checker {
    public static void main(String[] args) throws ClassNotFoundException {
      new ModelCheckingOptions()
          .iterations(Integer.parseInt(args[1]))
          .invocationsPerIteration(Integer.parseInt(args[2]))
          .threads(3)
          .actorsPerThread(3)
          // What came one by one, after the rest, would make good what was forgotten.
          .actorsBefore(0)
          .actorsAfter(0)
          .check(Class.forName(args[0]));
      System.out.println("checked");
    }
  }

  private static void check(String model, int scenarios, int runs) throws Exception {
    try (ChildJvm checker = ChildJvm.start(Checker.class, model, "" + scenarios, "" + runs)) {
      String said = checker.readAll();
      assertEquals(0, checker.exitCode(), said);
      assertEquals("checked", said.lines().toList().getLast(), said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DOORBELL, STATE, WAITER})
  void noOrderOfStepsIsWrong(String model) throws Exception {
    check(model, 15, 500);
  }

  @ParameterizedTest
  @ValueSource(strings = {DOORBELL, STATE, WAITER})
  @Tag("campaign")
  void noneOfManyMoreIs(String model) throws Exception {
    check(model, 200, 5_000);
  }
}
