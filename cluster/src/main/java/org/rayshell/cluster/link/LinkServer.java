package org.rayshell.cluster.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.TaskUpdate;
import org.rayshell.runtime.worker.SystemRandom;

/**
 * The gateway's end of the links from all workers. Who does not show the secret within 5 s is
 * dropped. Thread-safe; a thread for each link.
 */
public final class LinkServer implements AutoCloseable {
  static final int SECRET_BYTES = 32;
  private static final int HELLO_MS = 5_000;
  private static final int BUFFER = 64 << 10;

  /** Lines that come together are told together, so many at most. */
  private static final int MOST_LINES = 1_000;

  /** Told of what workers say, on the threads of their links. */
  public interface Listener {
    /** A task begins. */
    void started(ObjectId task, int attempt, long pid, String node, long at);

    /** Lines that tasks have printed. */
    void printed(long pid, String node, List<Message.TaskOutput.Line> lines);

    /**
     * A task has ended.
     *
     * @param result encoded; null if it is in Ray's store
     */
    void ended(TaskEnd end, byte[] result);

    /** A task has changed that another task has submitted. */
    void changed(TaskUpdate task);

    /** Code that values name. */
    void exported(String hash, byte[] bytes);

    /** Code by its hash; null if nobody has it. */
    byte[] export(String hash);

    /** What the cluster has. */
    GatewayLink.State state();

    /** A worker has a slot for calls. */
    void ready(ObjectId slot, SlotLink link);

    /** Calls that a slot was sent and does not begin, in their order. */
    void returned(ObjectId slot, List<ObjectId> tasks);

    /** What the task makes is kept in Ray's store, as what its slot has made. */
    void kept(ObjectId task);

    /**
     * The link to a worker has ended, and so has the worker most likely.
     *
     * @param tasks those it ran, and which try of each
     * @param slot the slot that it had last, which may have ended; null if it had none
     * @param withNode whether all of its node is gone, as {@link #nodeEnded} was told
     */
    void lost(Map<ObjectId, Integer> tasks, ObjectId slot, boolean withNode);
  }

  private final ServerSocket server;
  private final LinkAddress address;
  private final Listener listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  /** Tasks that are not wanted and have not ended, and whether by force. */
  private final Map<ObjectId, Boolean> unwanted = new ConcurrentHashMap<>();

  /**
   * Listens at any free port.
   *
   * @param host this machine's address in the cluster
   */
  public LinkServer(String host, Listener listener) throws IOException {
    this.listener = listener;
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    address = new LinkAddress(host, server.getLocalPort(), SystemRandom.bytes(SECRET_BYTES));
  }

  /** Begins to take workers in. */
  public void start() {
    Thread.ofPlatform().daemon().name("rayshell-links").start(this::accept);
  }

  /** Where it listens. */
  public LinkAddress address() {
    return address;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().name("rayshell-link").start(() -> serve(socket));
      } catch (IOException _) {
        // Closed, or without descriptors; the next one may come through.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER))) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout(HELLO_MS);
      int version = in.readUnsignedByte();
      if (version != LinkFrames.VERSION
          || !MessageDigest.isEqual(in.readNBytes(SECRET_BYTES), address.secret())) {
        return;
      }
      Link link = new Link(socket, in.readLong(), Wire.text(in), Wire.text(in));
      socket.setSoTimeout(0);
      links.add(link);
      try {
        unwanted.forEach(link::cancelled);
        link.read(in);
      } finally {
        links.remove(link);
        listener.lost(Map.copyOf(link.running), link.slot, link.nodeEnded);
      }
    } catch (IOException _) {
      // A worker that has ended, or a stranger.
    }
  }

  /** The processes that are linked. */
  public List<Message.ClusterState.Worker> workers() {
    return links.stream()
        .map(link ->
            new Message.ClusterState.Worker(
                link.pid, link.node, !link.running.isEmpty(), link.since))
        .toList();
  }

  /** The task is not wanted any more, wherever it is or will be. */
  public void cancel(ObjectId task, boolean force) {
    unwanted.merge(task, force, Boolean::logicalOr);
    links.forEach(link -> link.cancelled(task, force));
  }

  /** Whether nobody wants the task. */
  public boolean isUnwanted(ObjectId task) {
    return unwanted.containsKey(task);
  }

  /** The task has ended: nobody need be told that it is not wanted. */
  public void forget(ObjectId task) {
    unwanted.remove(task);
  }

  /** A node has gone: what its workers ran is lost, although their links may tell of nothing. */
  public void nodeEnded(String nodeId) {
    for (Link link : links) {
      if (link.nodeId.equals(nodeId)) {
        link.nodeEnded = true;
        try {
          link.socket.close();
        } catch (IOException _) {
          // It has ended.
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Link link : links) {
      link.socket.close();
    }
  }

  /** One worker's. */
  private final class Link {
    private final Socket socket;
    private final long pid;
    private final String nodeId;
    private final String node;
    private final DataOutputStream out;
    private final long since = System.currentTimeMillis() * 1_000_000;
    private final Map<ObjectId, Integer> running = new ConcurrentHashMap<>();
    private volatile boolean nodeEnded;

    /** The latest: a worker has one at a time. */
    private volatile ObjectId slot;

    Link(Socket socket, long pid, String nodeId, String node) throws IOException {
      this.socket = socket;
      this.pid = pid;
      this.nodeId = nodeId;
      this.node = node;
      this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    private void read(DataInputStream in) throws IOException {
      List<Message.TaskOutput.Line> lines = new ArrayList<>();
      while (true) {
        int kind = in.readUnsignedByte();
        if (kind != LinkFrames.LINE) {
          tell(lines);
        }
        switch (kind) {
          case LinkFrames.STARTED -> {
            ObjectId task = Wire.id(in);
            int attempt = in.readInt();
            running.put(task, attempt);
            listener.started(task, attempt, pid, node, in.readLong());
          }
          case LinkFrames.LINE -> {
            lines.add(
                new Message.TaskOutput.Line(
                    Wire.id(in), Wire.text(in), Wire.text(in), in.readBoolean(), Wire.text(in)));
            if (in.available() == 0 || lines.size() >= MOST_LINES) {
              tell(lines);
            }
          }
          case LinkFrames.ENDED -> {
            TaskEnd end = TaskEnd.read(in);
            running.remove(end.task());
            forget(end.task());
            listener.ended(end, Wire.bytes(in));
          }
          case LinkFrames.NEWS -> listener.changed(TaskNews.read(in));
          case LinkFrames.EXPORT -> listener.exported(Wire.text(in), Wire.bytes(in));
          case LinkFrames.ASK_EXPORT -> {
            long number = in.readLong();
            byte[] code = listener.export(Wire.text(in));
            send(out -> {
              out.writeByte(LinkFrames.EXPORT_REPLY);
              out.writeLong(number);
              Wire.bytes(out, code);
            });
          }
          case LinkFrames.ASK_FILE -> {
            long number = in.readLong();
            byte[] jar = jar(Wire.text(in));
            send(out -> {
              out.writeByte(LinkFrames.FILE_REPLY);
              out.writeLong(number);
              Wire.bytes(out, jar);
            });
          }
          case LinkFrames.ASK_STATE -> {
            long number = in.readLong();
            GatewayLink.State state = listener.state();
            send(out -> write(out, number, state));
          }
          case LinkFrames.READY -> {
            slot = Wire.id(in);
            listener.ready(slot, new OfSlot(slot));
          }
          case LinkFrames.RETURNED -> listener.returned(Wire.id(in), Wire.list(in, Wire::id));
          case LinkFrames.KEPT -> listener.kept(Wire.id(in));
          case LinkFrames.CANCEL -> cancel(Wire.id(in), in.readBoolean());
          default -> throw new IOException("not from a worker: kind=" + kind);
        }
      }
    }

    /** Jars, since that is what class paths have; nobody is sent anything else from here. */
    private static byte[] jar(String path) throws IOException {
      Path file = Path.of(path);
      return path.endsWith(".jar") && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    private void tell(List<Message.TaskOutput.Line> lines) {
      if (!lines.isEmpty()) {
        listener.printed(pid, node, List.copyOf(lines));
        lines.clear();
      }
    }

    private static void write(DataOutputStream out, long number, GatewayLink.State state)
        throws IOException {
      out.writeByte(LinkFrames.STATE_REPLY);
      out.writeLong(number);
      Wire.amounts(out, state.total());
      Wire.amounts(out, state.available());
      Wire.list(
          out,
          state.nodes(),
          (to, node) -> {
            Wire.text(to, node.nodeId());
            Wire.text(to, node.address());
            to.writeBoolean(node.alive());
            Wire.amounts(to, node.resources());
            to.writeInt(node.workers());
          });
    }

    private void cancelled(ObjectId task, boolean force) {
      tell(out -> {
        out.writeByte(LinkFrames.CANCELLED);
        Wire.id(out, task);
        out.writeBoolean(force);
      });
    }

    private final class OfSlot implements SlotLink {
      private final ObjectId slot;

      OfSlot(ObjectId slot) {
        this.slot = slot;
      }

      @Override
      public void calls(List<byte[]> calls) {
        tell(out -> {
          out.writeByte(LinkFrames.CALLS);
          Wire.id(out, slot);
          Wire.list(out, calls, Wire::bytes);
        });
      }

      @Override
      public void close() {
        Link.this.slot = null;
        tell(out -> {
          out.writeByte(LinkFrames.CLOSE);
          Wire.id(out, slot);
        });
      }

      @Override
      public void keep(ObjectId task) {
        tell(out -> {
          out.writeByte(LinkFrames.KEEP);
          Wire.id(out, task);
        });
      }
    }

    private void tell(Wire.Writer writer) {
      try {
        send(writer);
      } catch (IOException _) {
        // It has ended, and what ran there with it.
      }
    }

    private synchronized void send(Wire.Writer writer) throws IOException {
      writer.write(out);
      out.flush();
    }
  }
}
