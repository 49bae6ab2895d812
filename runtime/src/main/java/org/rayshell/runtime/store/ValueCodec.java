package org.rayshell.runtime.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.rayshell.ObjectRef;
import org.rayshell.RayException;
import org.rayshell.runtime.RefPort;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockStore;

/**
 * Turns values into bytes and back. Identity within one value, cycles included, survives; classes
 * need not be {@code Serializable}; transient fields stay behind and constructors do not run.
 * Thread-safe.
 */
public final class ValueCodec {
  /** For graphs deeper than a thread's stack, such as a long linked list. */
  private static final long DEEP_STACK_BYTES = 1L << 30;

  private static final int SMALL = 128;
  private static final int SCALAR = 11;

  /** What is larger goes into the arena, if there is one. */
  private static final int MOST_ON_HEAP = 100 << 10;

  /** Tag, kind and count of a primitive array, or what comes before the bytes of a buffer. */
  private static final int HEADER = Buffers.HEADER_BYTES;

  private static final SessionCode.Seen NOTHING = new SessionCode.Seen(Set.of(), List.of());

  private final RefPort refs;
  private volatile BlockStore blocks;
  private volatile SessionCode session = SessionCode.NONE;
  private volatile Plans plans = new Plans(SessionCode.NONE);

  /** A codec that hands refs inside values to the port. */
  public ValueCodec(RefPort refs) {
    this.refs = Objects.requireNonNull(refs, "refs");
  }

  /** Tells the codec of session code; called once, before the first value. */
  public void attach(SessionCode code) {
    session = code;
    plans = new Plans(code);
  }

  /** Tells the codec where large values go; without it they stay on the heap. */
  public void attach(BlockStore store) {
    blocks = store;
  }

  /**
   * The value as bytes; in the arena, if it is large and there is one.
   *
   * @throws org.rayshell.ObjectStoreFullException if there is no room for it
   * @throws UnshippableException if it holds what cannot leave this process; the message says where
   *     it is
   */
  public EncodedValue encode(Object value) {
    BlockStore store = blocks;
    if (Buffers.are(value, store == null ? Integer.MAX_VALUE : MOST_ON_HEAP)) {
      return Buffers.encode(value, MOST_ON_HEAP, store);
    }
    if (store == null) {
      return onHeap(value);
    }
    PrimitiveArrays kind = value == null ? null : PrimitiveArrays.of(value.getClass());
    if (kind != null && kind.isCopied() && kind.byteSize(value) > MOST_ON_HEAP) {
      Block block = array(store, kind, value);
      return block == null ? onHeap(value) : new EncodedValue(null, block, List.of());
    }
    EncodedValue encoded = onHeap(value);
    if (encoded.size() <= MOST_ON_HEAP) {
      return encoded;
    }
    Block block =
        store.store(encoded.size(), 0, to -> to.copyFrom(MemorySegment.ofArray(encoded.heap())));
    return block == null ? encoded : new EncodedValue(null, block, encoded.refs());
  }

  /** As {@link #encode}, but on the heap however large it is. */
  EncodedValue onHeap(Object value) {
    return withCode(graph(value));
  }

  /** The array in the arena, its elements aligned; null if there is none any more. */
  private static Block array(BlockStore store, PrimitiveArrays kind, Object array) {
    ByteSink header = new ByteSink(HEADER);
    header.u1(Tag.PRIMITIVES);
    header.u1(kind.ordinal());
    header.count(Array.getLength(array));
    byte[] first = header.toArray();
    long size = first.length + kind.byteSize(array);
    if (size > Integer.MAX_VALUE - HEADER) {
      // Refused with the size, as on the heap.
      return null;
    }
    return store.store(
        (int) size,
        first.length,
        to -> {
          MemorySegment.copy(first, 0, to, ValueLayout.JAVA_BYTE, 0, first.length);
          kind.write(array, to, first.length);
        });
  }

  /** A value as bytes, with the names of the code of the session that it needs. */
  public EncodedValue withCode(Graph graph) {
    if (graph.seen().isEmpty()) {
      return graph.value();
    }
    SessionCode.Carried carried = session.carrying(graph.seen());
    List<String> code = carried.exports();
    if (code.isEmpty()) {
      return graph.value();
    }
    ByteSink out = new ByteSink(graph.bytes().length + SMALL);
    out.u1(Tag.WITH_CODE);
    out.count(code.size());
    code.forEach(out::text);
    out.raw(graph.bytes());
    List<ObjectRef<?>> refs = new ArrayList<>(graph.refs());
    refs.addAll(carried.refs());
    return new EncodedValue(out.toArray(), List.copyOf(refs));
  }

  /**
   * The value as bytes, without a word of the session code it needs: the caller sees to that.
   *
   * @throws UnshippableException as {@link #encode}
   */
  public Graph graph(Object value) {
    ByteSink scalar = new ByteSink(SCALAR);
    if (Scalars.write(value, scalar)) {
      return new Graph(scalar.toArray(), NOTHING, List.of());
    }
    return deepIfNeeded(() -> {
      ByteSink out = new ByteSink(SMALL);
      GraphWriter writer = new GraphWriter(out, plans, session, refs);
      try {
        writer.value(value);
      } catch (UnshippableException e) {
        throw e.path().isEmpty() || Lambdas.isLambda(value.getClass())
            ? e
            : e.within(UnshippableException.root(value));
      }
      return new Graph(out.toArray(), writer.seen(), writer.refs());
    });
  }

  /**
   * The value again.
   *
   * @param loader where its classes are found
   * @throws RayException if the bytes are damaged or a class is not there
   */
  public Object decode(EncodedValue value, ClassLoader loader) {
    byte[] first = value.first(HEADER);
    if (first.length > 0 && first[0] == Tag.BUFFER) {
      return Buffers.decode(value, afterTag(first));
    }
    if (value.block() != null && first[0] == Tag.PRIMITIVES) {
      Object array = array(value, afterTag(first));
      if (array != null) {
        return array;
      }
    }
    byte[] bytes = value.bytes();
    ByteSource in = new ByteSource(bytes, 0);
    if (bytes.length > 0 && bytes[0] == Tag.WITH_CODE) {
      in.u1();
      List<String> code = new ArrayList<>();
      for (int left = in.count(); left > 0; left--) {
        code.add(in.text());
      }
      session.ready(loader, code);
    }
    int start = bytes.length - in.left();
    try {
      return deepIfNeeded(() -> read(bytes, start, loader));
    } finally {
      // The refs in the bytes are found by their ids as long as this holds them.
      Reference.reachabilityFence(value);
    }
  }

  private static ByteSource afterTag(byte[] first) {
    ByteSource header = new ByteSource(first, 0);
    header.u1();
    return header;
  }

  /** The primitive array that is the value, in one copy; null if it needs more than that. */
  private static Object array(EncodedValue value, ByteSource header) {
    PrimitiveArrays kind = PrimitiveArrays.of(header.u1());
    if (kind == null || !kind.isCopied()) {
      return null;
    }
    int length = length(kind, value, header);
    int at = header.at();
    return value.block().read(bytes -> kind.read(bytes, at, length));
  }

  private static int length(PrimitiveArrays kind, EncodedValue value, ByteSource header) {
    int length = header.count(Integer.MAX_VALUE);
    if ((long) length * kind.width() != value.size() - header.at()) {
      throw new DamagedValueException("an array is not as long as it says: length=" + length);
    }
    return length;
  }

  /**
   * The elements of a primitive array or the bytes of a buffer, for reading only; without a copy,
   * if they are not on the heap. Little endian, and aligned.
   *
   * @throws IllegalArgumentException if the value is something else
   */
  public MemorySegment view(EncodedValue value) {
    byte[] first = value.first(HEADER);
    int tag = first.length == 0 ? Tag.NULL : first[0];
    if (tag == Tag.BUFFER) {
      return Buffers.view(value, afterTag(first));
    }
    if (tag == Tag.PRIMITIVES) {
      ByteSource header = afterTag(first);
      PrimitiveArrays kind = PrimitiveArrays.of(header.u1());
      if (kind != null) {
        length(kind, value, header);
        return Buffers.bytes(value, header.at());
      }
    }
    if (tag == Tag.PLATFORM
        && decode(value, ValueCodec.class.getClassLoader()) instanceof ByteBuffer small) {
      return Buffers.copy(small);
    }
    throw new IllegalArgumentException(
        "only a primitive array, a ByteBuffer or a MemorySegment can be viewed where it is");
  }

  private Object read(byte[] bytes, int start, ClassLoader loader) {
    ByteSource graph = new ByteSource(bytes, start);
    Object decoded;
    try {
      decoded = new GraphReader(graph, plans, session, refs, loader).value();
    } catch (RayException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      // Of a damaged value, or of the user's own hashCode, compareTo or constructor of a record.
      throw new DamagedValueException(e.toString(), e);
    }
    if (graph.left() > 0) {
      throw new DamagedValueException("bytes are left over: left=" + graph.left());
    }
    return decoded;
  }

  /**
   * The type and length of a primitive array, {@code double[1000000]}, or the type of a buffer or
   * {@code String}; null if it is neither. Looks at the first bytes alone, so that a large value
   * costs nothing.
   */
  public static String shape(EncodedValue value) {
    ByteSource in = new ByteSource(value.first(HEADER), 0);
    return switch (in.left() < 3 ? Tag.NULL : in.u1()) {
      case Tag.PRIMITIVES -> {
        PrimitiveArrays kind = PrimitiveArrays.of(in.u1());
        yield kind == null ? null : kind.component() + "[" + in.count(Integer.MAX_VALUE) + "]";
      }
      case Tag.BUFFER -> in.u1() == 0 ? "MemorySegment" : "ByteBuffer";
      case Tag.STRING -> "String";
      default -> null;
    };
  }

  /** As {@link #encode}, but never fails: what of the throwable cannot travel is left behind. */
  public EncodedValue encodeThrowable(Throwable thrown) {
    return Throwables.encode(this, thrown);
  }

  /**
   * The throwable again, or a stand-in that keeps its class's name, message, stack trace, causes
   * and suppressed ones if its class or fields could not travel.
   */
  public Throwable decodeThrowable(EncodedValue value, ClassLoader loader) {
    return Throwables.decode(this, value, loader);
  }

  /**
   * A value as bytes, and what of a session it needs.
   *
   * @param bytes the bytes, as in an {@link EncodedValue}
   * @param seen the session's classes and lambdas in it
   * @param refs the refs in it
   */
  public record Graph(byte[] bytes, SessionCode.Seen seen, List<ObjectRef<?>> refs) {
    /** The value, for whoever sees to it that its code is there. */
    public EncodedValue value() {
      return new EncodedValue(bytes, refs);
    }
  }

  private static <T> T deepIfNeeded(Supplier<T> work) {
    try {
      return work.get();
    } catch (StackOverflowError _) {
      return DeepStack.run(DEEP_STACK_BYTES, work);
    }
  }
}
