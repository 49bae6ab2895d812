package org.rayshell.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.rayshell.RayException;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.scheduler.Scheduler;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.IoLoop;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;

/** What a driver asks its workers, and itself. Thread-safe: all is done by the loop. */
final class DriverInspector implements Inspector {
  private static final long NOT_ASKED = 0;

  private final IoLoop loop;
  private final Owner self;
  private final Scheduler raylet;
  private final Peers peers;
  private final LongFunction<String> names;
  private final Questions questions;
  private final Function<ObjectState, String> previews;

  /**
   * @param previews a short text of a small value that is here; else null; any thread
   * @param names the name of the process of an id; null if it is gone; on the loop
   */
  DriverInspector(
      IoLoop loop,
      Owner self,
      Scheduler raylet,
      Peers peers,
      LongFunction<String> names,
      Questions questions,
      Function<ObjectState, String> previews) {
    this.loop = loop;
    this.self = self;
    this.raylet = raylet;
    this.peers = peers;
    this.names = names;
    this.questions = questions;
    this.previews = previews;
  }

  @Override
  public CompletableFuture<TaskStack> stack(long pid) {
    return ask(
        pid, Message.StackQuestion::new, Message.StackAnswer.class, Message.StackAnswer::stack);
  }

  @Override
  public Profiling profile(long pid, Duration time, String only) {
    AtomicLong number = new AtomicLong(NOT_ASKED);
    CompletableFuture<TaskProfile> profile =
        ask(
            pid,
            request -> {
              number.set(request);
              return new Message.ProfileQuestion(request, time.toNanos(), only);
            },
            Message.ProfileAnswer.class,
            Message.ProfileAnswer::profile);
    return new Profiling() {
      @Override
      public CompletableFuture<TaskProfile> profile() {
        return profile;
      }

      @Override
      public void end() {
        loop.execute(() -> {
          Connection worker = connection(pid);
          if (worker != null && number.get() != NOT_ASKED) {
            worker.send(new Message.EndProfile(number.get()));
          }
        });
      }
    };
  }

  @Override
  public CompletableFuture<List<WaitReason>> waits(long owner, Collection<String> objectIds) {
    List<ObjectId> ids =
        objectIds.stream().map(id -> ObjectId.of(HexFormat.of().parseHex(id))).toList();
    if (owner == ProcessHandle.current().pid()) {
      return here(() -> self.waits(ids));
    }
    return ask(
        owner,
        request -> new Message.WaitsQuestion(request, ids),
        Message.WaitsAnswer.class,
        Message.WaitsAnswer::reasons);
  }

  @Override
  public CompletableFuture<List<OwnedObject>> objects(long owner, int most) {
    if (owner == ProcessHandle.current().pid()) {
      return here(() -> self.objects(most));
    }
    return ask(
        owner,
        request -> new Message.ObjectsQuestion(request, most),
        Message.ObjectsAnswer.class,
        Message.ObjectsAnswer::objects);
  }

  @Override
  public OwnedObject withPreview(OwnedObject object) {
    ObjectState state = self.latest().find(ObjectId.of(HexFormat.of().parseHex(object.objectId())));
    return state == null ? object : object.withPreview(previews.apply(state));
  }

  @Override
  public Map<Long, RuntimeEnv> environments() {
    return raylet.environments();
  }

  @Override
  public boolean kill(long pid, String why) {
    return raylet.kill(pid, why);
  }

  /** The connection to a worker; null if there is none. On the loop's thread. */
  private Connection connection(long pid) {
    String name = names.apply(pid);
    return name == null || name.equals(Peers.DRIVER) ? null : peers.known(name);
  }

  private <T> CompletableFuture<T> here(Supplier<T> look) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(() -> {
      try {
        answer.complete(look.get());
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    return answer;
  }

  private <A extends Message.Answer, T> CompletableFuture<T> ask(
      long pid, Questions.Maker maker, Class<A> type, Function<A, T> content) {
    CompletableFuture<Message.Answer> answer = new CompletableFuture<>();
    loop.execute(() -> {
      Connection worker = connection(pid);
      if (worker == null) {
        answer.completeExceptionally(
            new RayException("the worker has ended, or is not up yet: pid=" + pid));
      } else {
        questions.ask(names.apply(pid), worker, maker, answer);
      }
    });
    CompletableFuture<T> wanted = answer.thenApply(each -> content.apply(type.cast(each)));
    // Who waits no longer cancels this.
    wanted.whenComplete((_, failed) -> {
      if (failed != null) {
        loop.execute(() -> questions.forget(answer));
      }
    });
    return wanted;
  }
}
