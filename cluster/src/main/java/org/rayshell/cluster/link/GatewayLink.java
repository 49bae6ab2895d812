package org.rayshell.cluster.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.rayshell.NodeInfo;
import org.rayshell.RayException;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.wire.TaskUpdate;

/** A worker's end of the link to its gateway. Thread-safe: one lock for what is sent. */
public final class GatewayLink {
  private static final int CONNECT_MS = 10_000;
  private static final int BUFFER = 64 << 10;

  /** News that nobody waits for goes with what comes next, but so late at most. */
  private static final long LATEST_MS = 5;

  /** Told of what the gateway says, on the thread of the link. */
  public interface Listener {
    /** A task is not wanted any more. */
    void cancelled(ObjectId task, boolean force);

    /** Calls for a slot, to be run one after the other. */
    void calls(ObjectId slot, List<byte[]> calls);

    /** No more calls come for the slot. */
    void close(ObjectId slot);

    /** What the task makes, if it runs, is to be kept in Ray's store. */
    void keep(ObjectId task);

    /** The gateway is gone. */
    void lost();
  }

  /** What a cluster has. */
  public record State(
      Map<String, Double> total, Map<String, Double> available, List<NodeInfo> nodes) {}

  private final Socket socket;
  private final DataOutputStream out;
  private final Listener listener;
  private final Map<Long, CompletableFuture<Object>> asked = new ConcurrentHashMap<>();
  private final AtomicLong lastQuestion = new AtomicLong();
  private final ScheduledExecutorService flusher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rayshell-flush").factory());
  private boolean flushes;

  private GatewayLink(Socket socket, Listener listener) throws IOException {
    this.socket = socket;
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    this.listener = listener;
  }

  /**
   * Connects to the gateway.
   *
   * @param nodeId of the node that this is a worker of
   * @param node its address in the cluster
   * @throws IOException if it cannot be reached
   */
  public static GatewayLink connect(
      LinkAddress gateway, String nodeId, String node, Listener listener) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(gateway.host(), gateway.port()), CONNECT_MS);
      GatewayLink link = new GatewayLink(socket, listener);
      link.send(
          out -> {
            out.writeByte(LinkFrames.VERSION);
            out.write(gateway.secret());
            out.writeLong(ProcessHandle.current().pid());
            Wire.text(out, nodeId);
            Wire.text(out, node);
          },
          true);
      Thread.ofPlatform().daemon().name("rayshell-link").start(link::read);
      return link;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A task begins. */
  public void started(ObjectId task, int attempt, long at) {
    send(
        out -> {
          out.writeByte(LinkFrames.STARTED);
          Wire.id(out, task);
          out.writeInt(attempt);
          out.writeLong(at);
        },
        false);
  }

  /** A task has printed a line. */
  public void line(ObjectId task, String cell, String function, boolean stderr, String text) {
    send(
        out -> {
          out.writeByte(LinkFrames.LINE);
          Wire.id(out, task);
          Wire.text(out, cell);
          Wire.text(out, function);
          out.writeBoolean(stderr);
          Wire.text(out, text);
        },
        false);
  }

  /**
   * A task has ended.
   *
   * @param result encoded, if it is small and without refs; else null: it is in Ray's store
   */
  public void ended(TaskEnd end, byte[] result) {
    send(
        out -> {
          out.writeByte(LinkFrames.ENDED);
          end.write(out);
          Wire.bytes(out, result);
        },
        true);
  }

  /** A task has changed that a task of this session has submitted. */
  public void news(TaskUpdate task) {
    send(
        out -> {
          out.writeByte(LinkFrames.NEWS);
          TaskNews.write(out, task);
        },
        false);
  }

  /** Values name this code. */
  public void export(String hash, byte[] bytes) {
    send(
        out -> {
          out.writeByte(LinkFrames.EXPORT);
          Wire.text(out, hash);
          Wire.bytes(out, bytes);
        },
        true);
  }

  /** A task wants another one cancelled. */
  public void cancel(ObjectId task, boolean force) {
    send(
        out -> {
          out.writeByte(LinkFrames.CANCEL);
          Wire.id(out, task);
          out.writeBoolean(force);
        },
        true);
  }

  /** A slot is there, and runs nothing yet. */
  public void ready(ObjectId slot) {
    send(
        out -> {
          out.writeByte(LinkFrames.READY);
          Wire.id(out, slot);
        },
        true);
  }

  /** Calls that a slot was sent and does not begin, in their order. */
  public void returned(ObjectId slot, List<ObjectId> tasks) {
    send(
        out -> {
          out.writeByte(LinkFrames.RETURNED);
          Wire.id(out, slot);
          Wire.list(out, tasks, Wire::id);
        },
        true);
  }

  /** What the task makes will be what its slot has made, in Ray's store. */
  public void kept(ObjectId task) {
    send(
        out -> {
          out.writeByte(LinkFrames.KEPT);
          Wire.id(out, task);
        },
        true);
  }

  /** Has it run in 5 ms, on a thread of the link's that it must not block. */
  public void soon(Runnable action) {
    flusher.schedule(action, LATEST_MS, TimeUnit.MILLISECONDS);
  }

  /** Code by its hash; null if nobody has it. */
  public byte[] export(String hash) {
    return (byte[])
        ask((out, number) -> {
          out.writeByte(LinkFrames.ASK_EXPORT);
          out.writeLong(number);
          Wire.text(out, hash);
        });
  }

  /** A jar of the gateway's machine; null if it has none there. */
  public byte[] file(String path) {
    return (byte[])
        ask((out, number) -> {
          out.writeByte(LinkFrames.ASK_FILE);
          out.writeLong(number);
          Wire.text(out, path);
        });
  }

  /** What the cluster has. */
  public State state() {
    return (State)
        ask((out, number) -> {
          out.writeByte(LinkFrames.ASK_STATE);
          out.writeLong(number);
        });
  }

  private interface Question {
    void write(DataOutputStream out, long number) throws IOException;
  }

  private Object ask(Question question) {
    long number = lastQuestion.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    asked.put(number, answer);
    send(out -> question.write(out, number), true);
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new RayException(e.getCause().getMessage(), e);
    }
  }

  private synchronized void send(Wire.Writer writer, boolean now) {
    try {
      writer.write(out);
      if (now) {
        out.flush();
      } else if (!flushes) {
        flushes = true;
        flusher.schedule(this::flush, LATEST_MS, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      throw new RayException("the session's gateway cannot be reached: " + e.getMessage(), e);
    }
  }

  private synchronized void flush() {
    flushes = false;
    try {
      out.flush();
    } catch (IOException _) {
      // The next call says so.
    }
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER))) {
      while (true) {
        int kind = in.readUnsignedByte();
        switch (kind) {
          case LinkFrames.EXPORT_REPLY, LinkFrames.FILE_REPLY ->
              answer(in.readLong(), Wire.bytes(in));
          case LinkFrames.STATE_REPLY -> answer(in.readLong(), readState(in));
          case LinkFrames.CANCELLED -> listener.cancelled(Wire.id(in), in.readBoolean());
          case LinkFrames.CALLS -> listener.calls(Wire.id(in), Wire.list(in, Wire::bytes));
          case LinkFrames.CLOSE -> listener.close(Wire.id(in));
          case LinkFrames.KEEP -> listener.keep(Wire.id(in));
          default -> throw new IOException("not from a gateway: kind=" + kind);
        }
      }
    } catch (IOException e) {
      RayException lost = new RayException("the session's gateway is gone: " + e.getMessage());
      asked.values().forEach(each -> each.completeExceptionally(lost));
      listener.lost();
    }
  }

  private void answer(long number, Object value) throws IOException {
    CompletableFuture<Object> waits = asked.remove(number);
    if (waits == null) {
      throw new IOException("an answer that nobody waits for: number=" + number);
    }
    waits.complete(value);
  }

  private static State readState(DataInputStream in) throws IOException {
    return new State(
        Wire.amounts(in),
        Wire.amounts(in),
        Wire.list(
            in,
            each ->
                new NodeInfo(
                    Wire.text(each),
                    Wire.text(each),
                    each.readBoolean(),
                    Wire.amounts(each),
                    each.readInt())));
  }
}
