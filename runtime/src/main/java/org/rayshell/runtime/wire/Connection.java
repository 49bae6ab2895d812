package org.rayshell.runtime.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;

/**
 * One end of a socket to a peer. Owned by its {@link IoLoop}: every method is called in the loop.
 * What is sent goes out when the loop has handled what it has; nothing blocks.
 */
public final class Connection {
  /** What comes of a connection; called on the loop's thread. */
  public interface Handler {
    /** A peer has connected. */
    default void accepted(Connection connection) {}

    /** A whole message. */
    void received(Connection from, Message message) throws ProtocolException;

    /** A ref in a message that is being read; its sender has seen to it that it is kept. */
    default ObjectRef<?> arrived(Connection from, RefAddress address) throws ProtocolException {
      throw new ProtocolException("no refs are taken here: " + address);
    }

    /** A value in a message that is being read; its sender sees to it that it stays. */
    default Block block(Connection from, BlockAddress address) throws ProtocolException {
      throw new ProtocolException("there is no object store here: " + address);
    }

    /** The end: by the peer, by an error, or by {@link Connection#close}. Called once. */
    void closed(Connection connection);
  }

  private static final int STAGING_BYTES = 128 << 10;

  private final IoLoop loop;
  private final Sockets sockets;
  private final SocketChannel channel;
  private final Handler handler;
  private final FrameAssembler assembler = new FrameAssembler();
  private final Frame.RefReader contents =
      new Frame.RefReader() {
        @Override
        public ObjectRef<?> arrived(RefAddress address) throws ProtocolException {
          return handler.arrived(Connection.this, address);
        }

        @Override
        public Block block(BlockAddress address) throws ProtocolException {
          return handler.block(Connection.this, address);
        }
      };

  /** Bytes on their way to the channel, always in write mode; null until something is sent. */
  private ByteBuffer staging;

  /** What does not fit the staging buffer yet. */
  private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();

  private SelectionKey key;
  private long waitingBytes;
  private long traffic;
  private boolean dirty;
  private boolean closed;
  private Runnable drained;
  private String peer;

  Connection(IoLoop loop, Sockets sockets, SocketChannel channel, Handler handler) {
    this.loop = loop;
    this.sockets = sockets;
    this.channel = channel;
    this.handler = handler;
  }

  void register(SelectionKey registered) {
    key = registered;
  }

  /** Whom this connection leads to; null while that is not known. */
  public String peer() {
    return peer;
  }

  /** Remembers whom this connection leads to, and that it may send frames of any length. */
  void peer(String name) {
    loop.assertLoop();
    peer = name;
    assembler.limit(Frame.MAX_BYTES);
  }

  /** Whether messages can still be sent. */
  public boolean isOpen() {
    return !closed;
  }

  /** Bytes that are sent but not yet in the channel. */
  public long backlogBytes() {
    return staging == null ? 0 : waitingBytes + staging.position();
  }

  /** Bytes that the channel has taken and given so far. */
  public long traffic() {
    return traffic;
  }

  /** Runs the action once, when the backlog is gone. */
  public void whenDrained(Runnable action) {
    loop.assertLoop();
    drained = action;
  }

  /**
   * Sends a message; does nothing after the end.
   *
   * @throws FrameTooLargeException if it does not fit a frame; nothing is sent then
   */
  public void send(Message message) {
    loop.assertLoop();
    if (closed) {
      return;
    }
    if (staging == null) {
      staging = ByteBuffer.allocateDirect(STAGING_BYTES);
    }
    WireWriter writer = sockets.writer();
    try {
      Frame.write(message, writer);
    } catch (OutOfMemoryError e) {
      // Whoever waits for an answer to it hears of that, as of a message that fits no frame.
      throw new FrameTooLargeException(e);
    }
    for (ByteBuffer segment : writer.segments()) {
      append(segment);
    }
    int tail = writer.tailBytes();
    if (waiting.isEmpty() && tail <= staging.remaining()) {
      writer.putTail(staging);
    } else {
      ByteBuffer own = ByteBuffer.allocate(tail);
      writer.putTail(own);
      append(own.flip());
    }
    if (!dirty) {
      dirty = true;
      sockets.flushLater(this);
    }
  }

  private void append(ByteBuffer segment) {
    waiting.add(segment);
    waitingBytes += segment.remaining();
  }

  /** Writes what the channel takes. */
  void flush() {
    dirty = false;
    try {
      while (!closed && backlogBytes() > 0) {
        stage();
        staging.flip();
        int written = channel.write(staging);
        staging.compact();
        traffic += written;
        if (written == 0) {
          key.interestOpsOr(SelectionKey.OP_WRITE);
          sockets.selectAnew();
          return;
        }
      }
      if (!closed) {
        if ((key.interestOps() & SelectionKey.OP_WRITE) != 0) {
          key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
        if (drained != null) {
          Runnable action = drained;
          drained = null;
          action.run();
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private void stage() {
    while (staging.hasRemaining() && !waiting.isEmpty()) {
      ByteBuffer next = waiting.peek();
      int part = Math.min(next.remaining(), staging.remaining());
      staging.put(staging.position(), next, next.position(), part);
      staging.position(staging.position() + part);
      next.position(next.position() + part);
      waitingBytes -= part;
      if (!next.hasRemaining()) {
        waiting.remove();
      }
    }
  }

  /** Reads what is there, by the loop's buffer. */
  void read(ByteBuffer buffer) {
    try {
      // Bounded, so that one busy peer does not keep the others waiting.
      for (int round = 0; round < 8 && !closed; round++) {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
          close();
          return;
        }
        traffic += count;
        buffer.flip();
        for (WireReader frame; !closed && (frame = assembler.next(buffer)) != null; ) {
          handler.received(this, Frame.read(frame, contents));
        }
        if (count < buffer.capacity()) {
          return;
        }
      }
    } catch (ProtocolException e) {
      loop.log(
          "a connection to "
              + (peer == null ? "a stranger" : peer)
              + " is closed: "
              + e.getMessage());
      close();
    } catch (IOException _) {
      // The other process has ended, which is told of elsewhere.
      close();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // What it meant is not done, and what follows it is not read: the peer must hear of that.
      loop.log("a message of " + peer + " could not be handled; the connection is closed", e);
      close();
    } catch (OutOfMemoryError _) {
      // What was being read is lost; the peer must hear of that, or it would wait for ever.
      assembler.drop();
      close();
      loop.log(
          "the connection to "
              + peer
              + " is closed: a message does not fit the heap: maxHeap="
              + Runtime.getRuntime().maxMemory()
              + "; for workers RayOptions.workerHeap gives more, for a driver -Xmx");
    }
  }

  /** Ends the connection; what is not yet written is lost. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    waitingBytes = 0;
    sockets.forget(this);
    try {
      channel.close();
    } catch (IOException _) {
      // It is of no more use either way.
    }
    handler.closed(this);
  }
}
