package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads that wait for a loop, and do its work meanwhile; the other end only answers. */
@Timeout(60)
class LeadTest {
  private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final Map<Long, Reply> awaited = new ConcurrentHashMap<>();

  /** The threads on which answers came. */
  private final Set<Thread> heardBy = ConcurrentHashMap.newKeySet();

  private IoLoop loop;
  private IoLoop other;
  private Connection connection;

  /** What a thread waits for. */
  private static final class Reply {
    private final Thread thread = Thread.currentThread();
    private volatile boolean there;

    boolean isThere() {
      return there;
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void connect() throws Exception {
    other = new IoLoop("test-other", log::add);
    other.listen(folder.resolve("other.sock"), new Answers());
    other.start();
    loop = new IoLoop("test-loop", log::add);
    loop.start();
    Callable<Connection> connect = () -> loop.connect(folder.resolve("other.sock"), new Hears());
    connection = inLoop(connect);
  }

  @AfterEach
  void stop() {
    loop.stop();
    other.stop();
    assertEquals(List.of(), List.copyOf(log));
  }

  private static final class Answers implements Connection.Handler {
    @Override
    public void received(Connection from, Message message) {
      from.send(new Message.OutputFlushed(((Message.FlushOutput) message).flush()));
    }

    @Override
    public void closed(Connection closed) {}
  }

  private final class Hears implements Connection.Handler {
    @Override
    public void received(Connection from, Message message) {
      heardBy.add(Thread.currentThread());
      Reply reply = awaited.remove(((Message.OutputFlushed) message).flush());
      reply.there = true;
      LockSupport.unpark(reply.thread);
    }

    @Override
    public void closed(Connection closed) {}
  }

  private <T> T inLoop(Callable<T> work) throws Exception {
    LinkedBlockingQueue<T> done = new LinkedBlockingQueue<>();
    loop.execute(() -> {
      try {
        done.add(work.call());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    return done.take();
  }

  private Runnable request(Reply reply) {
    long number = requests.incrementAndGet();
    awaited.put(number, reply);
    return () -> connection.send(new Message.FlushOutput(number));
  }

  private void ask() throws InterruptedException {
    Reply reply = new Reply();
    loop.executeHere(request(reply));
    assertTrue(loop.await(reply::isThere, false, 0));
  }

  private void askUntilThisThreadLeads() throws InterruptedException {
    while (!heardBy.contains(Thread.currentThread())) {
      ask();
    }
  }

  @Test
  void whoWaitsReadsTheAnswer() throws Exception {
    askUntilThisThreadLeads();
    for (int i = 0; i < 1000; i++) {
      ask();
    }
  }

  @Test
  void whoLooksForAMomentReadsTheAnswerToo() throws Exception {
    askUntilThisThreadLeads();
    heardBy.clear();
    while (!heardBy.contains(Thread.currentThread())) {
      Reply reply = new Reply();
      loop.executeHere(request(reply));
      if (!loop.spin(reply::isThere, 1_000_000)) {
        loop.await(reply::isThere, false, 0);
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndNothingElse() throws Exception {
    askUntilThisThreadLeads();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> loop.await(() -> false, false, 0));
    assertFalse(Thread.interrupted());
    Thread me = Thread.currentThread();
    CountDownLatch ends = new CountDownLatch(1);
    Thread interrupts =
        Thread.ofPlatform()
            .start(() -> {
              while (ends.getCount() > 0) {
                me.interrupt();
              }
            });
    for (int i = 0; i < 200; i++) {
      Reply reply = new Reply();
      loop.executeHere(request(reply));
      while (!reply.there) {
        try {
          loop.await(reply::isThere, false, 0);
        } catch (InterruptedException _) {
          // As it was to be: the wait goes on.
        }
      }
    }
    ends.countDown();
    while (interrupts.isAlive()) {
      try {
        interrupts.join();
      } catch (InterruptedException _) {
        // A last one.
      }
    }
    Thread.interrupted();
    ask();
    assertTrue(connection.isOpen());
  }

  @Test
  void aConnectionIsMadeByAThreadThatIsInterrupted() throws Exception {
    askUntilThisThreadLeads();
    AtomicBoolean open = new AtomicBoolean();
    Thread.currentThread().interrupt();
    loop.executeHere(() -> {
      try {
        open.set(loop.connect(folder.resolve("other.sock"), new Hears()).isOpen());
      } catch (java.io.IOException e) {
        log.add(e.toString());
      }
    });
    assertTrue(Thread.interrupted());
    inLoop(() -> true);
    assertTrue(open.get());
  }

  @Test
  void aDeadlineEndsTheWait() throws Exception {
    askUntilThisThreadLeads();
    assertFalse(loop.await(() -> false, true, System.nanoTime() + 20_000_000));
    assertFalse(loop.await(() -> false, true, System.nanoTime() - 1));
    assertTrue(loop.await(() -> true, true, System.nanoTime() - 1));
  }

  @Test
  void commandsAndTimersAreHeardWhoeverLeads() throws Exception {
    askUntilThisThreadLeads();
    for (int i = 0; i < 50; i++) {
      ask();
      // Nobody leads now.
      CountDownLatch heard = new CountDownLatch(2);
      loop.executeAtBottom(heard::countDown, true);
      loop.executeHere(() -> loop.schedule(1, heard::countDown));
      heard.await();
    }
    // And while this thread leads.
    AtomicBoolean told = new AtomicBoolean();
    Thread me = Thread.currentThread();
    Runnable tell =
        () -> {
          told.set(true);
          LockSupport.unpark(me);
        };
    Thread tells =
        Thread.ofPlatform().start(() -> loop.execute(() -> loop.schedule(1_000_000, tell)));
    assertTrue(loop.await(told::get, false, 0));
    tells.join();
  }

  @Test
  void aVirtualThreadWaitsToo() throws Exception {
    askUntilThisThreadLeads();
    Thread.ofVirtual()
        .start(() -> {
          try {
            ask();
          } catch (InterruptedException e) {
            log.add(e.toString());
          }
        })
        .join();
    assertTrue(heardBy.stream().noneMatch(Thread::isVirtual));
  }

  private void askDeep(List<Throwable> failed, AtomicLong asked) {
    try {
      askDeep(failed, asked);
    } catch (StackOverflowError _) {
      // There is room again from some frame on.
    }
    if (asked.getAndIncrement() % 64 == 0) {
      try {
        ask();
      } catch (StackOverflowError _) {
        // Of the test's own frames or of the hand-over's.
      } catch (Throwable e) {
        failed.add(e);
      }
    }
  }

  @Test
  void aThreadWithLittleStackLeavesTheLoopWhole() throws Exception {
    List<Throwable> failed = new ArrayList<>();
    Thread deep = new Thread(null, () -> askDeep(failed, new AtomicLong()), "test-deep", 256 << 10);
    deep.start();
    deep.join();
    assertEquals(List.of(), failed);
    ask();
  }

  @Test
  void anEndWhileAThreadLeadsEnds() throws Exception {
    askUntilThisThreadLeads();
    Reply never = new Reply();
    CountDownLatch waits = new CountDownLatch(1);
    Thread leads =
        Thread.ofPlatform()
            .start(() -> {
              try {
                ask();
                waits.countDown();
                loop.await(never::isThere, false, 0);
              } catch (InterruptedException e) {
                log.add(e.toString());
              }
            });
    waits.await();
    loop.stop();
    never.there = true;
    LockSupport.unpark(leads);
    leads.join();
  }

  @Test
  void manyThreadsAreAllAnswered() throws Exception {
    try (var threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int kind = i;
        all.add(
            threads.submit(() -> {
              for (int n = 0; n < 3000; n++) {
                Reply reply = new Reply();
                Runnable request = request(reply);
                switch ((kind + n) % 3) {
                  case 0 -> loop.execute(request);
                  case 1 -> loop.executeHere(request);
                  default -> loop.executeAtBottom(request, true);
                }
                if (n % 5 != 0 || !loop.spin(reply::isThere, 10_000)) {
                  loop.await(reply::isThere, false, 0);
                }
              }
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertTrue(awaited.isEmpty());
  }
}
