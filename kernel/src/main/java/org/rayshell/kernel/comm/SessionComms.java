package org.rayshell.kernel.comm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommFactory;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.kernel.wire.Publication;
import org.rayshell.kernel.wire.Request;

/**
 * basekernel's comm manager on this kernel's own channels. Comms and targets are looked up by any
 * thread; what the front end sends is handled on the thread of the shell that it names, in order.
 */
public final class SessionComms extends CommManager {
  /** Publishes under the parent header of the calling thread's request or cell. */
  @FunctionalInterface
  public interface Outlet {
    /** Publishes. */
    void publish(Publication publication, JsonObject metadata, List<byte[]> buffers);
  }

  private final Outlet outlet;

  /** Sends by the outlet. */
  public SessionComms(Outlet outlet) {
    this.outlet = outlet;
    // The base class has plain maps.
    this.targets = new ConcurrentHashMap<>();
    this.comms = new ConcurrentHashMap<>();
  }

  @Override
  public <T extends Comm> T openComm(String target, CommFactory<T> factory) {
    return openComm(target, new JsonObject(), factory);
  }

  /** Opens a comm to the front end, with data for it. */
  public <T extends Comm> T openComm(String target, JsonObject data, CommFactory<T> factory) {
    return openComm(target, data, new JsonObject(), factory);
  }

  /** Opens a comm to the front end, with data for it and metadata. */
  public <T extends Comm> T openComm(
      String target, JsonObject data, JsonObject metadata, CommFactory<T> factory) {
    String id = UUID.randomUUID().toString();
    T comm =
        factory.produce(
            this,
            id,
            target,
            message(
                MessageType.COMM_OPEN_COMMAND,
                new CommOpenCommand(id, target, data),
                metadata,
                List.of()));
    registerComm(comm);
    outlet.publish(new Publication.CommOpen(id, target, data), metadata, List.of());
    return comm;
  }

  @Override
  public void messageComm(
      String id, JsonObject data, Map<String, Object> metadata, List<byte[]> buffers) {
    JsonObject json = new JsonObject();
    if (metadata != null) {
      metadata.forEach((key, value) -> json.add(key, CommEvents.element(value)));
    }
    outlet.publish(
        new Publication.CommData(false, id, data), json, buffers == null ? List.of() : buffers);
  }

  @Override
  public void closeComm(Comm comm) {
    if (unregisterComm(comm.getID()) == null) {
      return;
    }
    JsonObject data = new JsonObject();
    outlet.publish(new Publication.CommData(true, comm.getID(), data), new JsonObject(), List.of());
    CommEvents.closed(
        comm,
        message(
            MessageType.COMM_CLOSE_COMMAND,
            new CommCloseCommand(comm.getID(), data),
            new JsonObject(),
            List.of()));
  }

  /** The front end opens a comm; without such a target it is closed at once. */
  public void opened(Request.CommOpen open, JsonObject metadata, List<byte[]> buffers) {
    Message<CommOpenCommand> message =
        message(
            MessageType.COMM_OPEN_COMMAND,
            new CommOpenCommand(open.id(), open.target(), open.data()),
            metadata,
            buffers);
    if (getTarget(open.target()) == null) {
      outlet.publish(
          new Publication.CommData(true, open.id(), new JsonObject()), new JsonObject(), List.of());
      return;
    }
    registerComm(getTarget(open.target()).createComm(this, open.id(), open.target(), message));
  }

  /** Data from the front end; dropped if the comm is not open. */
  public void arrived(Request.CommMessage data, JsonObject metadata, List<byte[]> buffers) {
    handleCommMsgCommand(
        Unanswered.INSTANCE,
        message(
            MessageType.COMM_MSG_COMMAND,
            new CommMsgCommand(data.id(), data.data()),
            metadata,
            buffers));
  }

  /** The front end closes a comm. */
  public void closed(Request.CommClose close) {
    handleCommCloseCommand(
        Unanswered.INSTANCE,
        message(
            MessageType.COMM_CLOSE_COMMAND,
            new CommCloseCommand(close.id(), close.data()),
            new JsonObject(),
            List.of()));
  }

  /** Target names of the open comms by their ids; of one target alone unless that is null. */
  public Map<String, String> open(String target) {
    Map<String, String> open = new TreeMap<>();
    for (Comm comm : this) {
      if (target == null || target.equals(comm.getTargetName())) {
        open.put(comm.getID(), comm.getTargetName());
      }
    }
    return open;
  }

  private static <T> Message<T> message(
      MessageType<T> type, T content, JsonObject metadata, List<byte[]> buffers) {
    Header<T> header =
        new Header<>(UUID.randomUUID().toString(), "", "", KernelTimestamp.now(), type, "5.5");
    Map<String, Object> map = new TreeMap<>();
    metadata
        .entrySet()
        .forEach(entry ->
            map.put(
                entry.getKey(),
                entry.getValue() instanceof JsonPrimitive p && p.isString()
                    ? p.getAsString()
                    : entry.getValue()));
    return new Message<>(header, content, map, buffers);
  }
}
