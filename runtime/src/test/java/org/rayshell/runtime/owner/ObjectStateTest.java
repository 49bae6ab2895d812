package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Outcome;

/** What is kept of an object's end, and what is told of it. */
class ObjectStateTest {
  private static final byte[] BYTES = {1, 2, 3};

  private final SimulatedCluster cluster = new SimulatedCluster(1, 1, 4);
  private final ObjectState state =
      cluster.submit(SimulatedCluster.tree(0, 0, SimulatedCluster.ENDLESS));

  @Test
  void aValueWithoutRefsIsTheBytesItWasMadeOf() {
    assertNull(state.outcome());
    assertFalse(state.isEnded() || state.isValue() || state.hasFailed());
    state.complete(Outcome.value(new EncodedValue(BYTES)));
    assertTrue(state.isEnded() && state.isValue());
    assertFalse(state.hasFailed());
    assertEquals(Outcome.value(new EncodedValue(BYTES)), state.outcome());
    assertSame(BYTES, state.outcome().value().heap());
    assertEquals(3, state.bytes());
    assertSame(state, state.latest());
  }

  @Test
  void aValueKeepsItsRefs() {
    List<ObjectRef<?>> refs = List.of(new ObjectRef<>(state));
    ObjectState other = cluster.submit(SimulatedCluster.tree(0, 0, SimulatedCluster.ENDLESS));
    other.complete(Outcome.value(new EncodedValue(BYTES, refs)));
    assertSame(refs, other.outcome().value().refs());
    assertTrue(other.isValue());
  }

  @Test
  void aFailureIsNoValue() {
    Outcome lost = Outcome.failure(Outcome.Kind.OBJECT_LOST, "why");
    state.complete(lost);
    assertSame(lost, state.outcome());
    assertSame(lost, state.latest());
    assertTrue(state.isEnded() && state.hasFailed());
    assertFalse(state.isValue());
    assertEquals(0, state.bytes());
  }

  @Test
  void aValueThatIsFreedIsAFailure() {
    state.complete(Outcome.value(new EncodedValue(BYTES)));
    state.free();
    assertEquals(Outcome.Kind.FREED, state.outcome().kind());
    assertTrue(state.hasFailed());
    assertEquals(0, state.bytes());
  }
}
