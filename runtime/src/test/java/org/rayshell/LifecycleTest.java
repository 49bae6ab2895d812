package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Sessions from their start to their end, and what this version refuses by name. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class LifecycleTest {
  private static final RayOptions ONE = RayOptions.create().numCpus(1).includeDashboard(false);

  /** More than there is: values go through sockets. */
  private static final long NO_STORE = 1L << 50;

  @AfterEach
  void end() {
    Ray.shutdown();
  }

  private static String message(Class<? extends RuntimeException> type, Executable action) {
    return assertThrows(type, action).getMessage();
  }

  @Test
  void aSessionCanBeStartedAgainAndAgain() {
    assertFalse(Ray.isInitialized());
    Ray.shutdown();
    String session = null;
    for (int n = 1; n <= 3; n++) {
      RayContext context = Ray.init(ONE.resources(Map.of("round", (double) n)));
      assertFalse(context.attached());
      assertNotEquals(session, context.view().sessionName());
      session = context.view().sessionName();
      assertTrue(Ray.isInitialized());
      assertEquals(n, Ray.task(Math::abs, -n).remote().get());
      assertEquals(n, Ray.clusterResources().get("round"));
      Ray.shutdown();
      Ray.shutdown();
      assertFalse(Ray.isInitialized());
      assertFalse(context.view().isRunning());
    }
  }

  private static int interruptsAll(int n) {
    Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);
    return n;
  }

  @Test
  void interruptsReachNoThreadOfTheSockets() {
    Ray.init(ONE);
    for (int n = 1; n <= 20; n++) {
      ObjectRef<Integer> ref = Ray.task(LifecycleTest::interruptsAll, n).remote();
      Thread.getAllStackTraces().keySet().stream()
          .filter(each -> each.getName().equals("rayshell-io"))
          .forEach(Thread::interrupt);
      assertEquals(n, ref.get());
    }
  }

  @Test
  void aSecondInitFailsByNameOrAttaches() {
    RayContext first = Ray.init(ONE);
    String refused = message(RayException.class, () -> Ray.init(ONE));
    assertTrue(refused.contains("Ray.shutdown()"), refused);
    assertTrue(refused.contains("ignoreReinitError(true)"), refused);
    RayContext second = Ray.init(ONE.ignoreReinitError(true));
    assertTrue(second.attached());
    assertEquals(first.view().sessionName(), second.view().sessionName());
  }

  @Test
  void theFirstTaskStartsTheRuntime() {
    assertEquals(3, Ray.task(Math::abs, -3).remote().get());
    assertTrue(Ray.isInitialized());
    assertEquals(
        (double) Runtime.getRuntime().availableProcessors(), Ray.clusterResources().get("CPU"));
  }

  @Test
  void aDashboardWhosePortIsTakenHasAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ray.init(ONE.includeDashboard(true).dashboardPort(taken.getLocalPort()));
      assertFalse(Ray.dashboardUrl().endsWith(":" + taken.getLocalPort()));
    }
  }

  @Test
  void refsOfASessionThatEndedSaySo() {
    Ray.init(ONE);
    ObjectRef<Integer> old = Ray.task(Math::abs, -3).remote();
    old.get();
    Ray.shutdown();
    assertTrue(message(RayException.class, old::get).contains("Ray.init()"));
    Ray.init(ONE);
    assertTrue(message(RayException.class, old::get).contains("Ray.init()"));
    assertTrue(
        message(RayException.class, () -> Ray.task(Math::abs, old).remote())
            .contains("Ray.init()"));
    assertTrue(
        message(RayException.class, () -> Ray.wait(List.of(old), 1, null)).contains("Ray.init()"));
  }

  private static String meets(int port) {
    return Meeting.come(port, "");
  }

  @Test
  void shutdownEndsWhoeverWaits() throws Exception {
    Ray.init(ONE);
    try (Meeting meeting = new Meeting()) {
      ObjectRef<String> runs = Ray.task(LifecycleTest::meets, meeting.port()).remote();
      ObjectRef<String> queued = Ray.task(LifecycleTest::meets, meeting.port()).remote();
      meeting.next();
      for (ObjectRef<String> ref : List.of(runs, queued)) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch begins = new CountDownLatch(1);
        Thread getter =
            Thread.ofPlatform()
                .start(() -> {
                  begins.countDown();
                  try {
                    ref.get();
                  } catch (RayException e) {
                    thrown.set(e);
                  }
                });
        begins.await();
        Ray.shutdown();
        getter.join();
        assertTrue(thrown.get().getMessage().contains("Ray.init()"), thrown.get().getMessage());
      }
    }
  }

  @Test
  void aMessageThatDoesNotFitAWorkersHeapFailsItsTaskAndNoOther() {
    Ray.init(ONE.workerHeap(64 << 20).objectStoreMemory(NO_STORE));
    ObjectRef<byte[]> ref = Ray.put(new byte[100_000_000]);
    ObjectRef<Integer> task =
        Ray.task(bytes -> bytes.length, ref).options(o -> o.maxRetries(0).name("big")).remote();
    String text = message(WorkerCrashedException.class, task::get);
    assertTrue(text.contains("a message does not fit the heap"), text);
    assertTrue(text.contains("workerHeap"), text);
    assertEquals(1, Ray.task(Math::abs, -1).remote().get());
  }

  @Test
  void anArgumentThatDoesNotFitAWorkersHeapFailsItsTaskAlone() {
    Ray.init(ONE.workerHeap(64 << 20));
    ObjectRef<byte[]> ref = Ray.put(new byte[100_000_000]);
    ObjectRef<Integer> task =
        Ray.task(bytes -> bytes.length, ref).options(o -> o.maxRetries(0).name("big")).remote();
    String text = message(RayTaskException.class, task::get);
    assertTrue(text.contains("OutOfMemoryError"), text);
    assertTrue(text.contains("workerHeap"), text);
    assertEquals(1, Ray.task(Math::abs, -1).remote().get());
  }

  /** A driver with less heap than its task's result, which is in the object store. */
  static final class SmallReader {
    public static void main(String[] args) {
      Ray.init(ONE);
      ObjectRef<byte[]> ref =
          Ray.task(n -> new byte[n], 150_000_000).options(o -> o.maxRetries(0)).remote();
      try {
        ref.get();
      } catch (RayException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(Ray.task(bytes -> bytes.length, ref).remote().get());
    }
  }

  @Test
  void aResultThatDoesNotFitTheDriversHeapIsStillThere() throws Exception {
    try (ChildJvm driver = ChildJvm.start(SmallReader.class)) {
      List<String> said = driver.readAll().lines().toList();
      assertEquals(0, driver.exitCode(), said::toString);
      assertTrue(said.toString().contains("does not fit the heap: bytes=1500000"), said::toString);
      assertEquals("150000000", said.getLast());
    }
  }

  /** A driver with less heap than its task's result, which comes through a socket. */
  static final class SmallDriver {
    public static void main(String[] args) {
      Ray.init(ONE.objectStoreMemory(NO_STORE));
      try {
        Ray.task(n -> new byte[n], 150_000_000).options(o -> o.maxRetries(0)).remote().get();
      } catch (ObjectLostException e) {
        System.out.println(e.getMessage());
      }
      System.out.println(Ray.task(Math::abs, -1).remote().get());
    }
  }

  @Test
  void aResultThatDoesNotFitTheDriversHeapFailsItsTaskAndNoOther() throws Exception {
    try (ChildJvm driver = ChildJvm.start(SmallDriver.class)) {
      List<String> said = driver.readAll().lines().toList();
      assertEquals(0, driver.exitCode(), said::toString);
      assertTrue(said.toString().contains("fit its heap?"), said::toString);
      assertTrue(said.toString().contains("does not fit the heap: maxHeap="), said::toString);
      assertEquals("1", said.getLast());
    }
  }

  @Test
  void whatComesLaterFailsByName() {
    Class<UnsupportedOperationException> no = UnsupportedOperationException.class;
    assertTrue(
        message(no, () -> RayOptions.create().runtimeEnv(Map.of("pip", List.of("numpy"))))
            .matches("RayOptions.runtimeEnv .*runtimeEnv=\\{pip=\\[numpy\\]\\}"));
    TaskOptions task = TaskOptions.defaults();
    // None of it starts a runtime.
    assertFalse(Ray.isInitialized());
  }

  @Test
  void addressesAreHostAndPort() {
    for (String good : List.of("host:6379", "10.0.0.5:6379", "[::1]:6379", "auto", "local")) {
      assertEquals(good, RayOptions.create().address(good).address());
    }
    for (String bad : List.of("host", "host:port", ":6379", "ray://host:10001", "a b:1", "")) {
      assertTrue(
          message(IllegalArgumentException.class, () -> RayOptions.create().address(bad))
              .endsWith("address=" + bad));
    }
    assertFalse(RayOptions.create().isOnCluster());
    assertFalse(RayOptions.create().address("local").isOnCluster());
    assertTrue(RayOptions.create().address("auto").isOnCluster());
  }

  @Test
  void badOptionsAreRefusedAtOnce() {
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    assertTrue(message(bad, () -> RayOptions.create().numCpus(0)).contains("numCpus=0"));
    assertTrue(message(bad, () -> RayOptions.create().workerHeap(5)).contains("workerHeap=5"));
    assertTrue(message(bad, () -> RayOptions.create().objectStoreMemory(1)).contains("Memory=1"));
    assertTrue(message(bad, () -> RayOptions.create().dashboardPort(-1)).contains("Port=-1"));
    assertTrue(message(bad, () -> TaskOptions.defaults().maxRetries(-2)).contains("=-2"));
    TaskOptions task = TaskOptions.defaults();
    assertTrue(message(bad, () -> task.numCpus(-1)).contains("=-1"));
    assertTrue(message(bad, () -> task.numReturns(0)).contains("numReturns=0"));
    assertTrue(message(bad, () -> task.timeout(Duration.ZERO)).contains("timeout=PT0S"));
    assertTrue(message(bad, () -> task.generatorBackpressure(0)).contains("pressure=0"));
    assertTrue(message(bad, () -> task.retryExceptions()).contains("true for all"));
  }
}
