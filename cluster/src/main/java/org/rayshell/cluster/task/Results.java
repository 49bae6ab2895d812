package org.rayshell.cluster.task;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.cluster.link.TaskEnd;
import org.rayshell.cluster.link.Wire;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Outcome;

/**
 * What became of objects as it is kept in Ray's store: {@code kind, message, end, parts}. The same
 * for what tasks return and for what is put.
 */
public final class Results {
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  private Results() {}

  /** A result with how its task ended; null if no task made it. */
  public record Ended(Cluster.Result result, TaskEnd end) {}

  /** The bytes, without the refs. */
  public static byte[] encode(Cluster.Result result, TaskEnd end) {
    return Wire.bytes(out -> {
      out.writeByte(result.kind().ordinal());
      Wire.text(out, result.message());
      out.writeBoolean(end != null);
      if (end != null) {
        end.write(out);
      }
      Wire.list(out, result.values(), Results::write);
    });
  }

  /** What Ray keeps. */
  public static Object wrap(Cluster.Result result, TaskEnd end) {
    List<io.ray.api.ObjectRef<?>> refs = new ArrayList<>();
    result.values().forEach(part -> collect(part, refs));
    return Envelope.wrap(encode(result, end), refs);
  }

  /** What Ray has kept. */
  public static Ended unwrap(Object kept) {
    Envelope envelope = Envelope.of(kept);
    return decode(envelope.bytes(), new Refs(envelope.refs()));
  }

  /** Reads what {@link #encode} made. */
  public static Ended decode(byte[] bytes, Refs refs) {
    return Wire.read(
        bytes,
        in -> {
          Outcome.Kind kind = KINDS[in.readByte()];
          String message = Wire.text(in);
          TaskEnd end = in.readBoolean() ? TaskEnd.read(in) : null;
          List<Cluster.Part> parts = Wire.list(in, each -> read(each, refs));
          return new Ended(new Cluster.Result(kind, parts, message), end);
        });
  }

  /** Ray's refs of what is read, in the order they were written. */
  public static final class Refs {
    private final List<io.ray.api.ObjectRef<?>> refs;
    private int next;

    Refs(List<io.ray.api.ObjectRef<?>> refs) {
      this.refs = refs;
    }

    /** For what has none. */
    public static Refs none() {
      return new Refs(List.of());
    }

    RayHeld next() {
      return new RayHeld(refs.get(next++));
    }
  }

  static void collect(Cluster.Part part, List<io.ray.api.ObjectRef<?>> refs) {
    part.refs().forEach(each -> refs.add(((RayHeld) each.held()).ref()));
  }

  static void write(DataOutputStream out, Cluster.Part part) throws IOException {
    Wire.bytes(out, part.bytes());
    Wire.list(
        out,
        part.refs(),
        (to, each) -> {
          Wire.id(to, each.address().id());
          Wire.text(to, each.address().owner());
        });
  }

  static Cluster.Part read(DataInputStream in, Refs refs) throws IOException {
    byte[] bytes = Wire.bytes(in);
    List<Cluster.Contained> contained =
        Wire.list(
            in,
            from ->
                new Cluster.Contained(new RefAddress(Wire.id(from), Wire.text(from)), refs.next()));
    return new Cluster.Part(bytes, contained);
  }
}
