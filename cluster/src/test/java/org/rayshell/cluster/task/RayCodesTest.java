package org.rayshell.cluster.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

class RayCodesTest {
  private static Cluster.Result failure(String message) {
    return RayErrors.failure(new IllegalArgumentException(message));
  }

  @Test
  void codesThatRayForJavaDoesNotKnow() {
    Cluster.Result died = failure("Unrecognized metadata [50, 51]");
    assertEquals(Outcome.Kind.WORKER_CRASHED, died.kind());
    assertEquals("its node has ended", died.message());
    Cluster.Result cancelled = failure("Unrecognized metadata [53]");
    assertEquals(Outcome.Kind.TASK_CANCELLED, cancelled.kind());
    Cluster.Result memory = failure("Unrecognized metadata [50, 50]");
    assertEquals(Outcome.Kind.WORKER_CRASHED, memory.kind());
    assertTrue(memory.message().contains("out of memory"), memory.message());
  }

  @Test
  void whatElseIsSaidIsPassedOn() {
    Cluster.Result other = failure("Unrecognized metadata [57, 57]");
    assertEquals(Outcome.Kind.REFUSED, other.kind());
    assertTrue(other.message().endsWith("code=99"), other.message());
    Cluster.Result none = failure("something else");
    assertEquals("Ray says: java.lang.IllegalArgumentException: something else", none.message());
  }
}
