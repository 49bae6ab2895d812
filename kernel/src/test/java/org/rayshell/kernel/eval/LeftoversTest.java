package org.rayshell.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeftoversTest {
  @AutoClose private final StoppedCells stop = new StoppedCells();
  private final Cells cells = stop.cells;

  @Test
  void libraryCodeThatDoesNotEndIsLeftBehindAndNamed() throws Exception {
    cells.ok(
        """
        int ran = 0;
        var ended = new CountDownLatch(1);
        var gate = new Semaphore(0);
        void library() {
          try {
            gate.acquireUninterruptibly();
          } finally {
            ended.countDown();
          }
        }
        Thread left;\
        """);
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    """
                    left = Thread.currentThread();
                    { library(); while (true) try { ran++; } catch (Throwable e) {} }
                    """)));
    assertTrue(
        said.matches(
            "(?s)thread cells-1 of In \\[2] still runs at library\\(In \\[1]:6\\), in"
                + " java.util.concurrent.Semaphore.acquireUninterruptibly; it ends .*"),
        said);
    assertEquals(7, cells.value("int kept = 7;\nkept"));
    assertEquals("cells-2", cells.value("Thread.currentThread().getName()"));
    String end =
        StoppedCells.said(() -> {
          cells.ok("gate.release();\nended.await();\nleft.join();");
        });
    assertEquals(0, cells.value("ran"), "it ended where it came back");
    assertTrue(end.contains("thread cells-1 of In [2] has ended"), end);
  }

  @Test
  void whatComesAfterLibraryCodeDoesNotRun() throws Exception {
    cells.ok(
        """
        int ran = 0;
        var gate = new Semaphore(0);
        Thread left;\
        """);
    StoppedCells.said(() ->
        assertInstanceOf(
            EvalResult.Interrupted.class,
            stop.stoppedWhileItWaits(
                "{ left = Thread.currentThread(); gate.acquireUninterruptibly(); ran = 1; }")));
    cells.ok("gate.release();\nleft.join();");
    assertEquals(0, cells.value("ran"));
  }

  @Test
  void aThreadOfAStoppedCellIsNamedAndEndsLater() throws Exception {
    cells.ok(
        """
        volatile int ran = 0;
        var gate = new Semaphore(0);
        Thread helper;\
        """);
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    """
                    helper = new Thread(() -> {
                      gate.acquireUninterruptibly();
                      while (true) { ran++; }
                    }, "helper");
                    helper.start();
                    helper.join();
                    """)));
    assertTrue(
        said.contains("thread helper of In [2] still runs at lambda in <cell>(In [2]:"), said);
    assertTrue((boolean) cells.value("helper.isAlive()"));
    cells.ok("gate.release();\nhelper.join();");
  }

  @Test
  void aVirtualThreadIsNamedAndEndsLater() throws Exception {
    cells.ok(
        """
        volatile int ran = 0;
        var gate = new Semaphore(0);
        Thread helper;\
        """);
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    """
                    helper = Thread.startVirtualThread(() -> {
                      gate.acquireUninterruptibly();
                      while (true) { ran++; }
                    });
                    Thread.sleep(1_000_000);
                    """)));
    assertTrue(
        said.contains(
            "thread #"
                + ((Thread) cells.value("helper")).threadId()
                + " of In [2] still runs at lambda in <cell>(In [2]:2), in"
                + " java.util.concurrent.Semaphore.acquireUninterruptibly;"),
        said);
    assertEquals("", StoppedCells.said(() -> cells.ok("gate.release();\nhelper.join();")));
    assertEquals(0, cells.value("ran"));
  }

  @Test
  void aThreadWithoutACellsFrameIsNamed() throws Exception {
    cells.ok(
        "var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());\nThread left;");
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    """
                    var accept = new FutureTask<Socket>(server::accept);
                    left = new Thread(accept, "acceptor");
                    left.start();
                    Thread.sleep(1_000_000);
                    """)));
    assertTrue(
        said.matches(
            "(?s).*thread acceptor of In \\[2] still runs in \\S+[sS]ocket\\S*; it ends as soon as it comes to a"
                + " cell's code.*"),
        said);
    cells.ok("server.close();\nleft.join();");
  }

  @Test
  void whatTheCommonPoolDoesIsNoOneCells() throws Exception {
    cells.ok("var gate = new Semaphore(0);");
    cells.ok(
        "Runnable take = gate::acquireUninterruptibly;\nvar given = ForkJoinPool.commonPool().submit(take);");
    for (int i = 0; i < 2; i++) {
      String said =
          StoppedCells.said(() ->
              assertInstanceOf(
                  EvalResult.Interrupted.class,
                  stop.stoppedWhileItWaits(
                      "while (gate.getQueueLength() == 0) Thread.onSpinWait();\n"
                          + "{ Thread.sleep(1_000_000); }")));
      assertTrue(
          said.matches(
              "thread ForkJoinPool\\.commonPool-worker-\\d+, which all cells share, still runs in"
                  + " java\\.util\\.concurrent\\.Semaphore\\.acquireUninterruptibly; only a restart"
                  + " of the kernel is sure to end it\n"),
          said);
    }
    cells.ok("gate.release();\ngiven.get();");
  }

  @Test
  void ofManyThreadsSomeAreNamedAndTheOthersCounted() throws Exception {
    cells.ok(
        """
        var gate = new CountDownLatch(1);
        var begun = new CountDownLatch(1000);
        var all = new ArrayList<Thread>();
        Runnable arrived = () -> org.rayshell.kernel.eval.Cells.there.countDown();\
        """);
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stopped(
                    """
                    for (int i = 0; i < 1000; i++) {
                      all.add(Thread.startVirtualThread(() -> {
                        begun.countDown();
                        try { gate.await(); } catch (InterruptedException e) {}
                      }));
                    }
                    begun.await();
                    HERE
                    Thread.sleep(1_000_000);
                    """)));
    assertEquals(20, said.lines().filter(line -> line.startsWith("thread #")).count(), said);
    assertTrue(said.contains("and 980 more threads of In [2] still run"), said);
    cells.ok("gate.countDown();\nfor (var each : all) each.join();");
  }

  @Test
  void poolsThatWaitForWorkAreNotNamed() throws Exception {
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    """
                    var fixed = Executors.newFixedThreadPool(1);
                    var timed = Executors.newScheduledThreadPool(1);
                    var forked = new ForkJoinPool(1);
                    var timer = new java.util.Timer("timer");
                    fixed.submit(() -> 1).get();
                    timed.schedule(() -> 1, 1, TimeUnit.MILLISECONDS).get();
                    forked.submit(() -> 1).get();
                    var woke = new CountDownLatch(1);
                    timer.schedule(
                        new java.util.TimerTask() { public void run() { woke.countDown(); } }, 1);
                    woke.await();
                    { Thread.sleep(1_000_000); }
                    """)));
    assertEquals("", said);
    cells.ok("fixed.shutdown();\ntimed.shutdown();\nforked.shutdown();\ntimer.cancel();");
  }

  @Test
  void aWaitForALockNamesItsOwner() throws Exception {
    cells.ok(
        """
        Object lock = new Object();
        Thread left;
        var end = new CountDownLatch(1);
        var taken = new CountDownLatch(1);
        var owner = new Thread(() -> {
          synchronized (lock) { taken.countDown(); try { end.await(); } catch (Exception e) {} }
        }, "owner");
        owner.start();
        taken.await();\
        """);
    String said =
        StoppedCells.said(() ->
            assertInstanceOf(
                EvalResult.Interrupted.class,
                stop.stoppedWhileItWaits(
                    "left = Thread.currentThread();\n{ synchronized (lock) { } }")));
    assertTrue(said.contains("waiting for a lock that thread owner has"), said);
    cells.ok("end.countDown();\nleft.join();\nowner.join();");
  }
}
