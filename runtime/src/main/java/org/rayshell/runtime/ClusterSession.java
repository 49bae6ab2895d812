package org.rayshell.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.rayshell.ObjectStoreFullException;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.runtime.cluster.ClusterProvider;
import org.rayshell.runtime.cluster.ClusterScheduler;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.IoLoop;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.worker.ProcessCommand;
import org.rayshell.runtime.worker.SessionDirectory;
import org.rayshell.runtime.worker.WorkerCommand;

/**
 * What a driver has to do with the gateway of a session on a cluster. Its state belongs to the
 * loop; what says so may be called by any thread.
 */
final class ClusterSession implements ClusterScheduler.Port {
  /** The gateway's number among the processes that the session starts. */
  static final int GATEWAY = 0;

  /** A cluster that has just been started may take its time. */
  private static final Duration ATTACH = Duration.ofSeconds(90);

  /** Values of more bytes than this are in the cluster's store; smaller ones with their owner. */
  private static final int MOST_AT_OWNER = 100 << 10;

  /** What of the driver is needed here. */
  interface Driver {
    IoLoop loop();

    Owner owner();

    boolean toPeer(String name, Message message);

    /** Shows lines that tasks of that process have printed. */
    void show(long pid, List<Message.TaskOutput.Line> lines);

    /** What views show has changed. */
    void changed();
  }

  private final RayOptions options;
  private final ClusterProvider provider;
  private final Driver driver;
  private final ClusterScheduler scheduler = new ClusterScheduler(this);
  private final CompletableFuture<Message.ClusterAttached> attached = new CompletableFuture<>();
  private final Map<Long, Consumer<Message.ObjectStored>> storing = new HashMap<>();
  private long lastRequest;
  private boolean lost;

  /**
   * A session on the cluster that the options name; not attached yet.
   *
   * @throws RayException if there is nothing here that attaches to clusters
   */
  ClusterSession(RayOptions options, Driver driver) {
    this.options = options;
    this.driver = driver;
    provider =
        ServiceLoader.load(ClusterProvider.class, ClusterSession.class.getClassLoader())
            .findFirst()
            .orElseThrow(() ->
                new RayException(
                    "a cluster's address was given, and what attaches to clusters is not on the"
                        + " class path: add rayshell-cluster.jar: address="
                        + options.address()));
  }

  /**
   * The command that starts the gateway.
   *
   * @throws RayException if something is missing for that
   */
  ProcessCommand command(SessionDirectory session) {
    List<String> line = provider.gateway(options, session.path(), WorkerCommand.driverClassPath());
    return (_, _, _) -> line;
  }

  ClusterScheduler scheduler() {
    return scheduler;
  }

  /**
   * Waits until the gateway is attached. Any thread but the loop's.
   *
   * @throws RayException if it cannot be, with the reason
   */
  Message.ClusterAttached await() {
    try {
      return attached.get(ATTACH.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new RayException(e.getCause().getMessage());
    } catch (TimeoutException _) {
      throw new RayException(
          "the gateway was not attached to the cluster within "
              + ATTACH.toSeconds()
              + " s: address="
              + options.address());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RayException(
          "interrupted while attaching to the cluster: address=" + options.address(), e);
    }
  }

  void received(Message.OfCluster message) throws ProtocolException {
    switch (message) {
      case Message.ClusterAttached m -> attached.complete(m);
      case Message.ClusterLost m -> lost(m.reason());
      case Message.ClusterState m -> {
        scheduler.received(m);
        driver.changed();
      }
      case Message.ObjectStored m -> {
        Consumer<Message.ObjectStored> waits = storing.remove(m.request());
        if (waits == null) {
          throw new ProtocolException("nobody has asked: " + m);
        }
        waits.accept(m);
      }
      case Message.TaskAt m -> driver.owner().received(Peers.GATEWAY, m);
      case Message.ClusterOutput m -> driver.show(m.pid(), m.lines());
      default ->
          throw new ProtocolException("not for a driver: " + message.getClass().getSimpleName());
    }
  }

  /** Whether the value goes to the cluster's store. Any thread. */
  static boolean isLarge(EncodedValue value) {
    return value.size() > MOST_AT_OWNER;
  }

  /**
   * Puts a large value into the cluster's store and waits until it is there. Any thread but the
   * loop's.
   *
   * @throws ObjectStoreFullException if there is no room for it
   */
  ObjectState store(EncodedValue value, String cell) {
    ObjectState object = driver.owner().promise(cell);
    CompletableFuture<Message.ObjectStored> done = new CompletableFuture<>();
    driver
        .loop()
        .execute(() -> {
          if (lost) {
            done.cancel(false);
            return;
          }
          long request = ++lastRequest;
          storing.put(
              request,
              answer -> {
                if (answer.error() == null) {
                  driver.owner().keptBy(object, Peers.GATEWAY, value.size());
                }
                done.complete(answer);
              });
          if (!driver.toPeer(Peers.GATEWAY, new Message.StoreObject(request, object.id(), value))) {
            lost("the gateway to the cluster has ended");
          }
        });
    try {
      String error = done.get().error();
      if (error != null) {
        throw new ObjectStoreFullException(
            "the cluster's store did not take the value: bytes=" + value.size() + ": " + error);
      }
      return object;
    } catch (ExecutionException | CancellationException _) {
      throw new RayException(driver.owner().endReason());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RayException("interrupted while a value was stored: bytes=" + value.size(), e);
    }
  }

  @Override
  public void toOwner(Message.FromRaylet message) {
    driver.loop().defer(() -> driver.owner().received(message));
  }

  @Override
  public void toGateway(Message message) {
    driver.toPeer(Peers.GATEWAY, message);
  }

  @Override
  public void ended(String exit, String stderrTail) {
    lost(provider.ended(options, exit, stderrTail));
  }

  private void lost(String why) {
    if (lost) {
      return;
    }
    lost = true;
    String reason = "the session on the Ray cluster at " + options.address() + " is over: " + why;
    if (!attached.completeExceptionally(new RayException(why))) {
      driver.owner().end(reason + "; start anew with Ray.shutdown() and Ray.init()");
      storing.values().forEach(each -> each.accept(new Message.ObjectStored(0, reason)));
      storing.clear();
      driver.changed();
    }
  }
}
