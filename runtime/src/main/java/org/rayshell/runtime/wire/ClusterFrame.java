package org.rayshell.runtime.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The layout of the messages between a driver and the gateway to a Ray cluster, as {@link Frame} of
 * the others.
 */
final class ClusterFrame {
  private static final int CLUSTER_ATTACHED = 140;
  private static final int CLUSTER_LOST = 141;
  private static final int CLUSTER_STATE = 142;
  private static final int OPEN_LEASE = 143;
  private static final int CLOSE_LEASE = 144;
  private static final int STORE_OBJECT = 145;
  private static final int OBJECT_STORED = 146;
  private static final int TASK_AT = 147;
  private static final int CLUSTER_OUTPUT = 148;

  private ClusterFrame() {}

  static boolean has(int type) {
    return type >= CLUSTER_ATTACHED && type <= CLUSTER_OUTPUT;
  }

  static void write(Message.OfCluster message, WireWriter out) {
    switch (message) {
      case Message.ClusterAttached m -> {
        out.u8(CLUSTER_ATTACHED);
        out.text(m.version());
        out.text(m.job());
        out.text(m.dashboardUrl());
      }
      case Message.ClusterLost m -> {
        out.u8(CLUSTER_LOST);
        out.text(m.reason());
      }
      case Message.ClusterState m -> {
        out.u8(CLUSTER_STATE);
        out.amounts(m.total());
        out.amounts(m.available());
        out.i32(m.nodes().size());
        m.nodes()
            .forEach(node -> {
              out.text(node.id());
              out.text(node.address());
              out.bool(node.alive());
              out.amounts(node.resources());
            });
        out.i32(m.workers().size());
        m.workers()
            .forEach(worker -> {
              out.i64(worker.pid());
              out.text(worker.node());
              out.bool(worker.busy());
              out.i64(worker.started());
            });
      }
      case Message.OpenLease m -> {
        Frame.number(out, OPEN_LEASE, m.lease());
        out.amounts(m.shape());
        Frame.write(m.env(), out);
      }
      case Message.CloseLease m -> Frame.number(out, CLOSE_LEASE, m.lease());
      case Message.StoreObject m -> {
        Frame.number(out, STORE_OBJECT, m.request());
        out.id(m.id());
        Frame.write(m.value(), out);
      }
      case Message.ObjectStored m -> {
        Frame.number(out, OBJECT_STORED, m.request());
        out.text(m.error());
      }
      case Message.TaskAt m -> {
        out.u8(TASK_AT);
        out.id(m.task());
        out.i32(m.attempt());
        out.i64(m.pid());
        out.text(m.node());
      }
      case Message.ClusterOutput m -> {
        Frame.number(out, CLUSTER_OUTPUT, m.pid());
        out.text(m.node());
        Frame.write(m.lines(), out);
      }
    }
  }

  static Message read(int type, WireReader in, Frame.RefReader refs) throws ProtocolException {
    return switch (type) {
      case CLUSTER_ATTACHED -> new Message.ClusterAttached(in.text(), in.text(), in.text());
      case CLUSTER_LOST -> new Message.ClusterLost(in.text());
      case CLUSTER_STATE -> {
        var total = in.amounts();
        var available = in.amounts();
        List<Message.ClusterState.Node> nodes = new ArrayList<>();
        for (int left = in.count(13); left > 0; left--) {
          nodes.add(new Message.ClusterState.Node(in.text(), in.text(), in.bool(), in.amounts()));
        }
        List<Message.ClusterState.Worker> workers = new ArrayList<>();
        for (int left = in.count(21); left > 0; left--) {
          workers.add(new Message.ClusterState.Worker(in.i64(), in.text(), in.bool(), in.i64()));
        }
        yield new Message.ClusterState(total, available, nodes, workers);
      }
      case OPEN_LEASE -> new Message.OpenLease(in.i64(), in.amounts(), Frame.readEnv(in));
      case CLOSE_LEASE -> new Message.CloseLease(in.i64());
      case STORE_OBJECT -> new Message.StoreObject(in.i64(), in.id(), Frame.readValue(in, refs));
      case OBJECT_STORED -> new Message.ObjectStored(in.i64(), in.text());
      case TASK_AT -> new Message.TaskAt(in.id(), in.i32(), in.i64(), in.text());
      case CLUSTER_OUTPUT -> new Message.ClusterOutput(in.i64(), in.text(), Frame.readLines(in));
      default -> throw new ProtocolException("no such type of message: type=" + type);
    };
  }
}
