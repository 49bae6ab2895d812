package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Inspector;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** What a driver asks its workers while they work. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class InspectorTest {
  private static Inspector inspector;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).resources(Map.of("gpu", 1.0)).includeDashboard(false));
    inspector = Runtimes.inspector().orElseThrow();
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
    assertTrue(Runtimes.inspector().isEmpty());
  }

  private static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  private static String meets(int port) {
    return Meeting.come(port, "");
  }

  private static long spins(int port) {
    Meeting.come(port, "");
    long n = 0;
    while (true) {
      n += hot(n);
    }
  }

  private static long hot(long seed) {
    long x = seed;
    for (int i = 0; i < 10_000; i++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
    }
    return x;
  }

  private static boolean names(List<StackTraceElement> frames, String method) {
    return frames.stream()
        .anyMatch(each ->
            each.getClassName().equals(InspectorTest.class.getName())
                && each.getMethodName().equals(method));
  }

  @Test
  void aTaskThatWaitsShowsWhere() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref =
          Ray.task(InspectorTest::meets, meeting.port()).options(o -> o.name("meets")).remote();
      Meeting.Guest guest = meeting.next();
      TaskStack stack = soon(inspector.stack(guest.pid()));
      assertEquals(ref.id().substring(0, 48), stack.taskId());
      assertEquals("meets", stack.function());
      assertTrue(stack.started() > 0);
      assertTrue(names(stack.frames(), "meets"), stack.frames()::toString);
      guest.release("went on");
      // The task was not disturbed.
      assertEquals("went on", ref.get());
      assertNull(soon(inspector.stack(guest.pid())).taskId());
    }
  }

  @Test
  void aTaskThatSpinsIsSeenAndItsHotMethodIsFirst() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<Long> ref =
          Ray.task(InspectorTest::spins, meeting.port()).options(o -> o.name("spins")).remote();
      Meeting.Guest guest = meeting.next();
      guest.release("");
      assertTrue(names(soon(inspector.stack(guest.pid())).frames(), "spins"));
      Inspector.Profiling profiling =
          inspector.profile(guest.pid(), Duration.ofSeconds(2), "spins");
      TaskProfile busy = soon(inspector.profile(guest.pid(), Duration.ofSeconds(1), "").profile());
      assertEquals("another profile is being made", busy.note());
      TaskProfile profile = soon(profiling.profile());
      assertEquals("Flight Recorder", profile.source(), profile.note());
      assertTrue(profile.samples() > 20, profile::toString);
      TaskProfile.Sampled first = profile.stacks().getFirst();
      assertEquals("spins", first.function());
      assertTrue(names(first.frames().subList(0, 1), "hot"), first::toString);
      Path logs = Runtimes.view().orElseThrow().sessionDir();
      assertFalse(Files.exists(logs.resolve("profile-" + guest.pid() + ".jfr")));
      TaskProfile others =
          soon(inspector.profile(guest.pid(), Duration.ofMillis(300), "another").profile());
      assertEquals(0, others.samples());
      Ray.cancel(ref, true, true);
      assertThrows(TaskCancelledException.class, ref::get);
    }
  }

  @Test
  void aProfileEndsWhenItIsTold() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(InspectorTest::meets, meeting.port()).remote();
      Meeting.Guest guest = meeting.next();
      Inspector.Profiling profiling = inspector.profile(guest.pid(), Duration.ofDays(1), "");
      profiling.end();
      TaskProfile profile = soon(profiling.profile());
      assertTrue(profile.ranNs() > 0);
      guest.release("");
      ref.get();
    }
  }

  @Test
  void whatTasksWaitForIsKnownToTheirOwner() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> first =
          Ray.task(InspectorTest::meets, meeting.port())
              .options(o -> o.resources(Map.of("gpu", 1.0)))
              .remote();
      Meeting.Guest guest = meeting.next();
      ObjectRef<Integer> argument = Ray.task(String::length, first).remote();
      ObjectRef<String> resource =
          Ray.task(() -> "x").options(o -> o.resources(Map.of("gpu", 0.5))).remote();
      long self = ProcessHandle.current().pid();
      List<WaitReason> reasons = soon(inspector.waits(self, List.of(argument.id(), resource.id())));
      assertEquals(
          List.of(argument.id(), resource.id()),
          reasons.stream().map(WaitReason::objectId).toList());
      assertEquals(List.of(first.id()), reasons.getFirst().arguments());
      assertEquals(0.5, reasons.getLast().needs().get("gpu"));
      assertEquals(List.of(), soon(inspector.waits(guest.pid(), List.of(first.id()))));
      guest.release("four");
      assertEquals(4, argument.get());
      assertEquals("x", resource.get());
      assertEquals(List.of(), soon(inspector.waits(self, List.of(first.id(), argument.id()))));
    }
  }

  private static ObjectRef<Integer> puts() {
    return Ray.put(42);
  }

  @Test
  void objectsAreKnownWithWhatBecameOfThem() throws Exception {
    ObjectRef<byte[]> stored = Ray.put(new byte[50_000]);
    ObjectRef<String> freed = Ray.put("gone");
    Ray.free(List.of(freed));
    ObjectRef<byte[]> large = Ray.task(() -> new byte[500_000]).remote();
    Ray.wait(List.of(large), 1, null, false);
    List<OwnedObject> own = soon(inspector.objects(ProcessHandle.current().pid(), 100));
    OwnedObject first = find(own, stored);
    assertEquals(OwnedObject.State.STORED, first.state());
    assertEquals("driver", first.keptBy());
    assertNull(first.preview());
    assertEquals("byte[50000]", inspector.withPreview(first).preview());
    assertTrue(first.bytes() >= 50_000);
    assertEquals(OwnedObject.State.FREED, find(own, freed).state());
    assertTrue(find(own, large).keptBy().matches("w\\d+"));
    assertEquals(1, soon(inspector.objects(ProcessHandle.current().pid(), 1)).size());
    // A worker's own, which this process has a ref of.
    ObjectRef<Integer> put = Ray.task(InspectorTest::puts).remote().get();
    long worker =
        Runtimes.view().orElseThrow().workers().stream()
            .filter(each -> each.workerId().equals(put.handle().owner()))
            .findFirst()
            .orElseThrow()
            .pid();
    OwnedObject theirs = find(soon(inspector.objects(worker, 100)), put);
    assertEquals(List.of("driver"), theirs.borrowers());
    assertEquals(42, put.get());
    java.lang.ref.Reference.reachabilityFence(stored);
  }

  private static OwnedObject find(List<OwnedObject> objects, ObjectRef<?> ref) {
    return objects.stream()
        .filter(each -> each.objectId().equals(ref.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(ref + " is not in " + objects));
  }

  @Test
  void aWorkerIsKilledAndItsTaskRunsAgain() throws Exception {
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> ref = Ray.task(InspectorTest::meets, meeting.port()).remote();
      Meeting.Guest first = meeting.next();
      assertTrue(inspector.environments().containsKey(first.pid()));
      assertFalse(inspector.kill(1, "nobody's"));
      assertFalse(inspector.kill(ProcessHandle.current().pid(), "itself"));
      CompletableFuture<TaskStack> late = inspector.stack(first.pid());
      assertTrue(inspector.kill(first.pid(), "somebody wished so"));
      Meeting.Guest second = meeting.next();
      second.release("again");
      assertEquals("again", ref.get());
      late.handle((_, _) -> null).get(60, TimeUnit.SECONDS);
      assertThrows(ExecutionException.class, () -> soon(inspector.stack(first.pid())));
      assertTrue(
          Runtimes.view().orElseThrow().workers().stream()
              .anyMatch(each ->
                  each.pid() == first.pid()
                      && each.exit().endsWith("(SIGKILL): somebody wished so")));
    }
  }
}
