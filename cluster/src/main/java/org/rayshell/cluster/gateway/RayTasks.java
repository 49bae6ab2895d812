package org.rayshell.cluster.gateway;

import io.ray.api.ObjectRef;
import io.ray.api.call.TaskCaller;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.rayshell.cluster.link.LinkAddress;
import org.rayshell.cluster.task.Options;
import org.rayshell.cluster.task.Trampoline;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

/** What Ray is asked to run: calls of their own, and slots. Thread-safe: Ray has one thread. */
final class RayTasks implements Slots.Port {
  private final LinkAddress gateway;
  private final Submissions submissions;
  private final BiConsumer<GatewayCall, Cluster.Result> ended;
  private final ExecutorService submitter =
      Executors.newSingleThreadExecutor(thread("rayshell-ray"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(thread("rayshell-slots"));
  private volatile Slots slots;

  /**
   * Who asks Ray.
   *
   * @param gateway where workers find this process
   * @param ended told of calls that have failed
   */
  RayTasks(
      LinkAddress gateway, Submissions submissions, BiConsumer<GatewayCall, Cluster.Result> ended) {
    this.gateway = gateway;
    this.submissions = submissions;
    this.ended = ended;
  }

  private static ThreadFactory thread(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  void use(Slots made) {
    slots = made;
  }

  @Override
  public void open(Slot slot) {
    submissions.add(slot.id, 1, slot.held);
    submitter.execute(() -> {
      try {
        slot.held.is(ref(Trampoline.slot(gateway, slot.id), slot.group.kind));
      } catch (RuntimeException e) {
        slots.lost(slot.id, refused(slot.group.kind, e));
      }
    });
  }

  @Override
  public void closed(Slot slot) {
    submissions.take(slot.id, 1);
  }

  @Override
  public void alone(GatewayCall call) {
    submissions.add(call.task(), call.attempt(), call);
    submitter.execute(() -> {
      try {
        call.is(ref(Trampoline.task(call.wrapped(), call.given()), call.kind()));
      } catch (RuntimeException e) {
        Cluster.Result why = refused(call.kind(), e);
        call.is(why);
        if (submissions.take(call.task(), call.attempt()) != null) {
          ended.accept(call, why);
        }
      }
      call.release();
    });
  }

  private static ObjectRef<?> ref(TaskCaller<Object> task, Kind kind) {
    return Options.apply(task, kind.name(), kind.shape(), kind.env()).remote();
  }

  private static Cluster.Result refused(Kind kind, RuntimeException e) {
    return new Cluster.Result(
        Outcome.Kind.REFUSED,
        List.of(),
        kind.name() + " cannot run on the cluster: " + e.getMessage());
  }

  @Override
  public void failed(GatewayCall call, Cluster.Result result) {
    submitter.execute(() -> ended.accept(call, result));
  }

  @Override
  public void later(Runnable action, long ns) {
    timer.schedule(action, ns, TimeUnit.NANOSECONDS);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
