package org.rayshell.cluster.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rayshell.RuntimeEnv;
import org.rayshell.cluster.link.SlotLink;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.owner.IdSource;
import org.rayshell.runtime.wire.Outcome;

/** Which calls go where, on a clock of the test's own and without Ray. */
class SlotsTest {
  private static final Kind SHORT = new Kind("short", Map.of("CPU", 1.0), RuntimeEnv.create());
  private static final long US = 1_000;
  private static final long MS = 1_000_000;
  private static final byte[] RESULT = {1};
  private static final Cluster.Result CRASH =
      new Cluster.Result(Outcome.Kind.WORKER_CRASHED, List.of(), "Ray has found it dead");

  private final Fake ray = new Fake();
  private final Slots slots = new Slots(ray, new IdSource(7, 0)::next);
  private int lastCall;

  /** What Ray and workers are asked, and a clock. */
  private static final class Fake implements Slots.Port {
    private record Timer(long at, int number, Runnable action) {}

    private final List<Slot> opened = new ArrayList<>();
    private final List<GatewayCall> alone = new ArrayList<>();
    private final Map<GatewayCall, Cluster.Result> failed = new LinkedHashMap<>();
    private final List<Slot> closed = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparing(Timer::number));
    private long now;
    private int count;

    @Override
    public void open(Slot slot) {
      opened.add(slot);
    }

    @Override
    public void closed(Slot slot) {
      closed.add(slot);
    }

    @Override
    public void alone(GatewayCall call) {
      alone.add(call);
    }

    @Override
    public void failed(GatewayCall call, Cluster.Result result) {
      failed.put(call, result);
    }

    @Override
    public void later(Runnable action, long ns) {
      timers.add(new Timer(now + ns, count++, action));
    }

    @Override
    public long nanoTime() {
      return now;
    }

    void pass(long ns) {
      long end = now + ns;
      while (!timers.isEmpty() && timers.peek().at <= end) {
        Timer next = timers.poll();
        now = next.at;
        next.action.run();
      }
      now = end;
    }
  }

  /** A worker's end of a slot. */
  private final class Worker implements SlotLink {
    private final Slot slot;
    private final List<Integer> batches = new ArrayList<>();
    private final List<ObjectId> kept = new ArrayList<>();
    private boolean closed;

    Worker(Slot slot) {
      this.slot = slot;
      slots.ready(slot.id, this);
    }

    @Override
    public void calls(List<byte[]> calls) {
      batches.add(calls.size());
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void keep(ObjectId task) {
      kept.add(task);
    }

    List<GatewayCall> has() {
      return List.copyOf(slot.calls.values());
    }

    /** Runs its first. */
    GatewayCall runs(long ns) {
      GatewayCall first = has().getFirst();
      ray.pass(ns);
      assertSame(first, slots.ended(first.task(), first.attempt(), RESULT, ns));
      return first;
    }
  }

  private GatewayCall call(Kind kind) {
    ObjectId id = new ObjectId(++lastCall, 1, 1);
    GatewayCall call = new GatewayCall(id, 1, kind, new byte[100], List.of());
    slots.add(call);
    return call;
  }

  private List<GatewayCall> calls(int count) {
    return IntStream.range(0, count).mapToObj(_ -> call(SHORT)).toList();
  }

  private Worker ready(int index) {
    return new Worker(ray.opened.get(index));
  }

  /** A worker whose kind is known to take so long. */
  private Worker known(long ns) {
    call(SHORT);
    Worker worker = ready(0);
    worker.runs(ns);
    return worker;
  }

  @Test
  void oneAfterTheOtherShareOneTaskOfRays() {
    Worker worker = known(100 * US);
    for (int i = 0; i < 100; i++) {
      ray.pass(MS);
      GatewayCall call = call(SHORT);
      assertEquals(List.of(call), worker.has());
      worker.runs(100 * US);
    }
    assertEquals(1, ray.opened.size());
    assertFalse(worker.closed);
    ray.pass(Slots.IDLE_NS);
    assertTrue(worker.closed);
    assertEquals(List.of(worker.slot), ray.closed);
  }

  @Test
  void rayHasItsResourcesBackNowAndThen() {
    Worker worker = known(MS);
    while (!worker.closed) {
      call(SHORT);
      worker.runs(MS);
    }
    assertEquals(Slots.AGE_NS / MS, ray.now / MS, 2);
    GatewayCall next = call(SHORT);
    assertEquals(List.of(next), ready(1).has());
  }

  @Test
  void alsoIfThereIsAlwaysMoreToDo() {
    Worker worker = known(50 * US);
    calls(2);
    while (!worker.closed) {
      calls(2);
      worker.runs(50 * US);
    }
    assertEquals(Slots.AGE_NS / MS, ray.now / MS, 5);
  }

  @Test
  void whatIsNotKnownIsSentOneByOneAndGoesAloneIfItIsLong() {
    List<GatewayCall> all = calls(30);
    assertEquals(SlotGroup.MOST_ASKED, ray.opened.size());
    Worker first = ready(0);
    assertEquals(List.of(1), first.batches);
    assertEquals(List.of(all.getFirst()), first.has());
    assertEquals(List.of(), ray.alone);
    ray.pass(Slots.UNKNOWN_NS);
    assertEquals(all.subList(1, 30), ray.alone);
    // And so do those that come when it is known.
    first.runs(MS);
    slots.took(SHORT, 400 * MS);
    slots.took(SHORT, 400 * MS);
    slots.took(SHORT, 400 * MS);
    GatewayCall late = call(SHORT);
    assertSame(late, ray.alone.getLast());
  }

  @Test
  void shortOnesAreSentAheadInShares() {
    Worker first = known(10 * US);
    calls(1_000);
    assertTrue(ray.opened.size() > 2, "opened=" + ray.opened.size());
    Worker second = ready(1);
    assertEquals(SlotGroup.MOST_AHEAD, second.has().size());
    while (!first.has().isEmpty() || !second.has().isEmpty()) {
      for (Worker each : List.of(first, second)) {
        if (!each.has().isEmpty()) {
          each.runs(10 * US);
        }
      }
    }
    int sent =
        first.batches.stream().mapToInt(n -> n).sum()
            + second.batches.stream().mapToInt(n -> n).sum();
    assertEquals(1_001, sent);
    assertTrue(first.batches.size() < 100, first.batches.toString());
    assertEquals(List.of(), ray.alone);
  }

  @Test
  void fewAreSharedAmongThoseWhoAreThere() {
    Worker first = known(MS / 10);
    GatewayCall busy = call(SHORT);
    List<GatewayCall> more = calls(6);
    Worker second = ready(1);
    assertEquals(List.of(busy), first.has());
    assertEquals(more.subList(0, 3), second.has());
    first.runs(MS / 10);
    assertEquals(more.subList(3, 5), first.has());
  }

  @Test
  void whatIsSentBackRunsElsewhereInItsOrder() {
    Worker first = known(10 * US);
    List<GatewayCall> all = calls(40);
    while (first.has().size() < 5) {
      first.runs(10 * US);
    }
    List<GatewayCall> sent = first.has();
    int opened = ray.opened.size();
    List<ObjectId> back = sent.subList(1, sent.size()).stream().map(GatewayCall::task).toList();
    slots.returned(first.slot.id, back);
    assertEquals(sent.subList(0, 1), first.has());
    assertTrue(ray.opened.size() > opened, "more are wanted if they take longer");
    Worker second = ready(1);
    Worker third = ready(2);
    List<GatewayCall> elsewhere = new ArrayList<>(second.has());
    elsewhere.addAll(third.has());
    assertTrue(!second.has().isEmpty() && !third.has().isEmpty(), elsewhere.toString());
    assertEquals(sent.subList(1, 1 + elsewhere.size()), elsewhere);
    assertTrue(all.containsAll(sent));
    // The one that blocks gets no more before it has ended.
    second.runs(10 * US);
    assertEquals(sent.subList(0, 1), first.has());
  }

  @Test
  void aWorkersDeathIsTheFirstCallsAlone() {
    Worker first = known(10 * US);
    List<GatewayCall> all = calls(40);
    List<GatewayCall> sent = first.has();
    assertEquals(1, sent.size());
    first.runs(10 * US);
    sent = first.has();
    assertTrue(sent.size() > 2, sent.size() + " were sent");
    assertTrue(slots.lost(first.slot.id, CRASH));
    // What it told last may be under way.
    assertEquals(Map.of(), ray.failed);
    assertSame(sent.getFirst(), slots.ended(sent.getFirst().task(), 1, RESULT, 10 * US));
    assertEquals(sent.subList(1, sent.size()), first.has());
    sent = first.has();
    slots.unlinked(first.slot.id);
    assertEquals(Map.of(sent.getFirst(), CRASH), ray.failed);
    Worker second = ready(1);
    assertSame(sent.get(1), second.has().getFirst());
    assertFalse(slots.lost(first.slot.id, CRASH));
    assertNull(slots.ended(sent.getFirst().task(), 1, RESULT, 1));
    assertTrue(all.containsAll(sent));
  }

  @Test
  void whatASlotHasMadeIsNoOtherCallsResult() {
    Worker worker = known(10 * US);
    calls(40);
    worker.runs(10 * US);
    List<GatewayCall> sent = worker.has();
    assertTrue(sent.size() > 2, sent.size() + " were sent");
    // Ray has the second one's result before its worker's news are read.
    Cluster.Result made = new Cluster.Result(Outcome.Kind.VALUE, List.of(), null);
    assertTrue(slots.lost(worker.slot.id, made));
    assertEquals(Map.of(), ray.failed);
    assertEquals(sent, worker.has());
    assertSame(sent.get(0), slots.ended(sent.get(0).task(), 1, RESULT, 10 * US));
    slots.returned(worker.slot.id, sent.stream().skip(2).map(GatewayCall::task).toList());
    assertSame(sent.get(1), slots.ended(sent.get(1).task(), 1, null, 10 * US));
    slots.unlinked(worker.slot.id);
    assertEquals(Map.of(), ray.failed);
    assertSame(sent.get(2), ready(1).has().getFirst());
  }

  @Test
  void aSlotThatRayCannotStartFailsOneCall() {
    List<GatewayCall> all = calls(2);
    slots.lost(ray.opened.getFirst().id, CRASH);
    assertEquals(Map.of(all.getFirst(), CRASH), ray.failed);
    assertEquals(List.of(all.getLast()), ready(1).has());
  }

  @Test
  void aLargeResultIsWhatTheSlotHasMade() {
    GatewayCall large = call(SHORT);
    Worker worker = ready(0);
    assertSame(large, slots.ended(large.task(), 1, null, MS));
    assertTrue(large.isKnown());
    assertEquals(List.of(worker.slot), ray.closed);
    GatewayCall next = call(SHORT);
    assertEquals(List.of(next), ready(1).has());
    assertFalse(worker.closed, "it ends by itself");
  }

  @Test
  void whatIsWaitedForInRayIsKeptThere() {
    List<String> told = new ArrayList<>();
    List<GatewayCall> all = calls(2);
    Worker first = ready(0);
    slots.place(all.get(1), () -> told.add("waiting"));
    assertEquals(List.of(all.get(1)), ray.alone);
    assertEquals(List.of("waiting"), told);
    slots.place(all.getFirst(), () -> told.add("running"));
    assertEquals(List.of(all.getFirst().task()), first.kept);
    assertEquals(1, told.size());
    slots.kept(all.getFirst().task());
    assertEquals(List.of("waiting", "running"), told);
    assertTrue(all.getFirst().isKnown());
    // The slot ends with it.
    GatewayCall later = call(SHORT);
    first.runs(MS);
    assertEquals(List.of(), first.has());
    assertTrue(ray.closed.contains(first.slot));
    assertEquals(List.of(later), ready(1).has());
  }

  @Test
  void whatEndsBeforeItIsKeptIsPutWhenItIsAskedFor() {
    List<String> told = new ArrayList<>();
    GatewayCall call = call(SHORT);
    Worker worker = ready(0);
    slots.place(call, () -> told.add("ended"));
    assertEquals(List.of(), told);
    worker.runs(MS);
    assertEquals(List.of("ended"), told);
    assertTrue(call.isKnown());
    slots.place(call, () -> told.add("at once"));
    assertEquals(2, told.size());
  }

  @Test
  void whatHasNotBegunCanBeTaken() {
    List<GatewayCall> all = calls(2);
    Worker worker = ready(0);
    assertNull(slots.takeWaiting(all.getFirst().task(), 1));
    assertNotNull(slots.takeWaiting(all.getLast().task(), 1));
    worker.runs(MS);
    assertEquals(List.of(), worker.has());
    // What Ray gets ready for nothing goes.
    Worker idle = ready(1);
    ray.pass(Slots.IDLE_NS);
    assertTrue(idle.closed);
  }

  @Test
  void idleSlotsMakeRoomForOtherKinds() {
    Worker worker = known(100 * US);
    call(new Kind("other", Map.of("CPU", 1.0), RuntimeEnv.create()));
    assertFalse(worker.closed);
    ray.pass(Slots.GRANT_NS);
    assertTrue(worker.closed);
    // And stay for those that Ray has room for.
    Worker other = ready(1);
    other.runs(100 * US);
    GatewayCall again = call(SHORT);
    Worker second = ready(2);
    assertEquals(List.of(again), second.has());
    ray.pass(Slots.GRANT_NS);
    assertFalse(other.closed);
  }
}
