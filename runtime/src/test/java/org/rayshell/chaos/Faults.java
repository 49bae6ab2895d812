package org.rayshell.chaos;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rayshell.Ray;
import org.rayshell.runtime.Cutter;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.WorkerInfo;

/**
 * Random faults, one after so many calls: as fast as the machine works it is broken. What comes of
 * them runs on the executor's one thread.
 */
final class Faults {
  private static final int LEAST_CALLS = 3;
  private static final int MOST_CALLS = 12;

  /** So much later, to meet a call in any part of its life. */
  private static final int MOST_DELAY_MS = 100;

  private static final int MOST_STOP_MS = 3_000;

  private final Random random;
  private final ScheduledExecutorService timer;
  private final ClusterView view = Runtimes.view().orElseThrow();
  private final TreeMap<String, Integer> counts = new TreeMap<>();
  private final List<SocketChannel> held = new ArrayList<>();

  /** Calls until the next fault; guarded by this. */
  private int calls = LEAST_CALLS;

  Faults(long seed, ScheduledExecutorService timer) {
    this.random = new Random(seed);
    this.timer = timer;
  }

  /** A call was submitted. Any thread. */
  synchronized void called() {
    if (--calls <= 0) {
      calls = random.nextInt(LEAST_CALLS, MOST_CALLS);
      // Drawn here, so that the faults do not depend on when they come.
      int kind = random.nextInt(10);
      long detail = random.nextLong();
      timer.schedule(
          () -> happens(kind, new Random(detail)),
          random.nextInt(MOST_DELAY_MS),
          TimeUnit.MILLISECONDS);
    }
  }

  /** How many of each kind there were; call it when they are over. */
  String summary() {
    return counts.toString();
  }

  private void happens(int kind, Random random) {
    String worker = anyWorker(random);
    if (worker == null) {
      return;
    }
    switch (kind) {
      case 0, 1, 2 -> {
        count("killed");
        signal("KILL", pid(worker));
      }
      case 3, 4 -> stop(pid(worker), random);
      case 5, 6 -> {
        count("cut by the driver");
        Cutter.cutInMidFrame(worker);
      }
      case 7 -> {
        count("cut by a worker");
        String peer = random.nextInt(3) == 0 ? "driver" : worker;
        Ray.task(Cutter::cutInMidFrame, peer).options(o -> o.maxRetries(0)).remote();
      }
      case 8 -> {
        count("half a frame");
        halfFrame(worker, random);
      }
      default -> {
        count("half a frame");
        halfFrame("driver", random);
      }
    }
  }

  private void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  private String anyWorker(Random random) {
    List<String> alive =
        view.workers().stream()
            .filter(w -> w.pid() > 0 && w.ended() == 0)
            .map(WorkerInfo::workerId)
            .toList();
    return alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
  }

  private long pid(String worker) {
    return view.workers().stream()
        .filter(w -> w.workerId().equals(worker))
        .mapToLong(WorkerInfo::pid)
        .findAny()
        .orElse(0);
  }

  private void stop(long pid, Random random) {
    signal("STOP", pid);
    if (random.nextInt(3) == 0) {
      count("stopped for ever");
      return;
    }
    count("stopped for a while");
    timer.schedule(() -> signal("CONT", pid), random.nextInt(MOST_STOP_MS), TimeUnit.MILLISECONDS);
  }

  /** Only children of this process are ever signalled: another may have got the number. */
  private static void signal(String name, long pid) {
    boolean child = ProcessHandle.current().children().anyMatch(c -> c.pid() == pid);
    if (!child) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A peer with the secret that stops in the middle of a frame, or a stranger that says little. */
  private void halfFrame(String process, Random random) {
    Path folder = view.sessionDir();
    try {
      SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(process + ".sock")));
      held.add(channel);
      byte[] beginning = Cutter.beginning(folder, random.nextBoolean());
      channel.write(ByteBuffer.wrap(beginning, 0, 1 + random.nextInt(beginning.length - 1)));
    } catch (IOException _) {
      // The process has just died.
    }
  }

  /** Ends what faults hold, once there are no more. */
  void end() throws IOException {
    for (SocketChannel channel : held) {
      channel.close();
    }
  }
}
