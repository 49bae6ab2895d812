package org.rayshell.cluster.task;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.cluster.link.LinkAddress;
import org.rayshell.cluster.link.Wire;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;

/**
 * A call as Ray's workers are given it; immutable.
 *
 * @param gateway who hears of it
 * @param submitter who owns it; null if the gateway does, which then hears of its end
 * @param task its result's id
 * @param attempts how many tries there are in all; -1 for without end
 * @param export the hash of its code
 * @param args in order; null in the places of those that Ray gives along
 * @param returns as in a task that is pushed
 */
public record TaskCall(
    LinkAddress gateway,
    Submitter submitter,
    ObjectId task,
    int attempt,
    int attempts,
    String name,
    String cell,
    int depth,
    String export,
    Cluster.Part target,
    List<Cluster.Argument> args,
    int returns,
    List<String> retryOn) {
  private static final int GIVEN = 0;
  private static final int VALUE = 1;
  private static final int AT = 2;

  /** What is given to Ray first: all but what is in Ray's store. */
  public Object wrap() {
    byte[] bytes =
        Wire.bytes(out -> {
          gateway.write(out);
          out.writeBoolean(submitter != null);
          if (submitter != null) {
            submitter.write(out);
          }
          Wire.id(out, task);
          out.writeInt(attempt);
          out.writeInt(attempts);
          Wire.text(out, name);
          Wire.text(out, cell);
          out.writeInt(depth);
          Wire.text(out, export);
          out.writeInt(returns);
          Wire.list(out, retryOn, Wire::text);
          Results.write(out, target);
          Wire.list(out, args, TaskCall::write);
        });
    List<io.ray.api.ObjectRef<?>> refs = new ArrayList<>();
    Results.collect(target, refs);
    for (Cluster.Argument arg : args) {
      switch (arg) {
        case null -> {}
        case Cluster.Argument.Value(Cluster.Part part) -> Results.collect(part, refs);
        case Cluster.Argument.At(Cluster.Held held) -> refs.add(((RayHeld) held).ref());
      }
    }
    return Envelope.wrap(bytes, refs);
  }

  private static void write(DataOutputStream out, Cluster.Argument arg) throws IOException {
    switch (arg) {
      case null -> out.writeByte(GIVEN);
      case Cluster.Argument.Value(Cluster.Part part) -> {
        out.writeByte(VALUE);
        Results.write(out, part);
      }
      case Cluster.Argument.At _ -> out.writeByte(AT);
    }
  }

  private static Cluster.Argument read(DataInputStream in, Results.Refs refs) throws IOException {
    return switch (in.readByte()) {
      case GIVEN -> null;
      case VALUE -> new Cluster.Argument.Value(Results.read(in, refs));
      default -> new Cluster.Argument.At(refs.next());
    };
  }

  /** The same, and those arguments apart that Ray is to give along. */
  public static TaskCall of(
      LinkAddress gateway,
      Submitter submitter,
      ObjectId task,
      int attempt,
      int attempts,
      String name,
      String cell,
      int depth,
      String export,
      Cluster.Part target,
      List<Cluster.Argument> args,
      int returns,
      List<String> retryOn,
      List<io.ray.api.ObjectRef<?>> given) {
    List<Cluster.Argument> left = new ArrayList<>(args.size());
    for (Cluster.Argument arg : args) {
      if (arg instanceof Cluster.Argument.At(Cluster.Held held) && given.size() < Trampoline.MOST) {
        given.add(((RayHeld) held).ref());
        left.add(null);
      } else {
        left.add(arg);
      }
    }
    return new TaskCall(
        gateway, submitter, task, attempt, attempts, name, cell, depth, export, target, left,
        returns, retryOn);
  }

  /** For the texts of failures, which know tasks as they are pushed. */
  Message.PushTask described() {
    return new Message.PushTask(
        0,
        task,
        name,
        export,
        new EncodedValue(new byte[0]),
        List.of(),
        List.of(),
        attempt,
        attempts,
        cell,
        depth,
        Message.PushTask.Terms.PLAIN);
  }

  /** What Ray has given. */
  static TaskCall unwrap(Object given) {
    Envelope envelope = Envelope.of(given);
    Results.Refs refs = new Results.Refs(envelope.refs());
    return Wire.read(
        envelope.bytes(),
        in -> {
          LinkAddress gateway = LinkAddress.read(in);
          Submitter submitter = in.readBoolean() ? Submitter.read(in) : null;
          ObjectId task = Wire.id(in);
          int attempt = in.readInt();
          int attempts = in.readInt();
          String name = Wire.text(in);
          String cell = Wire.text(in);
          int depth = in.readInt();
          String export = Wire.text(in);
          int returns = in.readInt();
          List<String> retryOn = Wire.list(in, Wire::text);
          Cluster.Part target = Results.read(in, refs);
          List<Cluster.Argument> args = Wire.list(in, each -> read(each, refs));
          return new TaskCall(
              gateway, submitter, task, attempt, attempts, name, cell, depth, export, target, args,
              returns, retryOn);
        });
  }
}
