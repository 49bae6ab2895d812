package org.rayshell.kernel.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Wakes ZeroMQ's I/O threads when the thread that has work for them is done with them.
 *
 * <p>jeromq wakes an I/O thread by a byte in a pipe, and only then notes that it did. An I/O thread
 * that is quicker finds nothing noted and the pipe still readable, and selects again and again
 * until the other thread has gone on; where the two are not alone on the processors, that is a
 * whole time slice of several milliseconds. So what the router thread writes into that pipe is held
 * until it says {@link #release}, when all is noted.
 *
 * <p>For one thread, which says {@link #hold} first and {@link #end} last.
 */
final class HeldSignals {
  private final List<Sink> sinks = new ArrayList<>();

  private HeldSignals() {}

  /**
   * The signals of a context that has sockets; none are held if jeromq's inside looks different.
   */
  static HeldSignals of(ZContext context) {
    HeldSignals signals = new HeldSignals();
    try {
      Object inner = get(ZMQ.Context.class, "ctx", context.getContext());
      for (Object thread : (List<?>) get(inner.getClass(), "ioThreads", inner)) {
        Object mailbox = get(thread.getClass(), "mailbox", thread);
        Object signaler = get(mailbox.getClass(), "signaler", mailbox);
        Field pipe = field(signaler.getClass(), "w");
        Sink sink = new Sink((Pipe.SinkChannel) pipe.get(signaler));
        pipe.set(signaler, sink);
        signals.sinks.add(sink);
      }
    } catch (ReflectiveOperationException | ClassCastException e) {
      Log.log().debug("another jeromq than is known: its signals are not held", e);
    }
    return signals;
  }

  private static Object get(Class<?> type, String name, Object object)
      throws ReflectiveOperationException {
    return field(type, name).get(object);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** How many I/O threads' signals are held. */
  int size() {
    return sinks.size();
  }

  /** From now on what the calling thread writes is held. */
  void hold() {
    sinks.forEach(sink -> sink.holder = Thread.currentThread());
  }

  /** Lets go what is held. */
  void release() {
    sinks.forEach(Sink::release);
  }

  /** Lets go what is held, and holds nothing any more. */
  void end() {
    sinks.forEach(sink -> sink.holder = null);
    release();
  }

  /** The end of a pipe where threads write; one of them is patient. */
  private static final class Sink extends Pipe.SinkChannel {
    private final Pipe.SinkChannel pipe;
    private volatile Thread holder;
    private int held;

    Sink(Pipe.SinkChannel pipe) {
      super(pipe.provider());
      this.pipe = pipe;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (Thread.currentThread() != holder) {
        return pipe.write(bytes);
      }
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      held += count;
      return count;
    }

    void release() {
      try {
        for (; held > 0; held -= pipe.write(ByteBuffer.allocate(held))) {
          // A pipe that is full wakes its reader all the same.
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
      long sum = 0;
      for (int i = offset; i < offset + length; i++) {
        sum += write(buffers[i]);
      }
      return sum;
    }

    @Override
    public long write(ByteBuffer[] buffers) throws IOException {
      return write(buffers, 0, buffers.length);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
      pipe.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
      pipe.configureBlocking(block);
    }
  }
}
