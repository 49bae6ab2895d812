package org.rayshell.install;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.rayshell.kernel.channel.ConnectionFile;
import org.rayshell.kernel.wire.Header;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.MessageCodec;
import org.rayshell.kernel.wire.Signer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A small front end: asks the kernel one thing after the other. Confined to one thread. */
final class TrainingClient implements AutoCloseable {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  /** How often it is looked whether the kernel has died, which no socket tells. */
  private static final int LOOK_MS = 500;

  private final ZContext context = new ZContext();
  private final String session = UUID.randomUUID().toString();
  private final MessageCodec codec;
  private final BooleanSupplier alive;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket iopub;

  TrainingClient(ConnectionFile connection, BooleanSupplier alive) {
    this.codec = new MessageCodec(Signer.of(connection.scheme(), connection.key()));
    this.alive = alive;
    context.setLinger(0);
    shell = connect(SocketType.DEALER, connection.address("shell"));
    control = connect(SocketType.DEALER, connection.address("control"));
    iopub = connect(SocketType.SUB, connection.address("iopub"));
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private ZMQ.Socket connect(SocketType type, String address) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.connect(address);
    return socket;
  }

  /** Asks who the kernel is, as every front end does first. */
  void greet() throws TrainingException {
    ask(shell, "kernel_info_request", new JsonObject());
  }

  /** Runs a cell; one that fails is as good as one that does not. */
  void execute(String code) throws TrainingException {
    ask(shell, "execute_request", cell(code));
  }

  /** Runs a cell until it has printed something, and interrupts it. */
  void interrupt(String code) throws TrainingException {
    Header header = send(shell, "execute_request", cell(code));
    await(
        iopub,
        message -> message.header().type().equals("stream") && answers(message, header),
        "what it prints: " + code);
    ask(control, "interrupt_request", new JsonObject());
    await(shell, message -> answers(message, header), "the end of " + code);
  }

  private static JsonObject cell(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.addProperty("allow_stdin", false);
    content.addProperty("stop_on_error", false);
    content.add("user_expressions", new JsonObject());
    return content;
  }

  /** Asks for completions, documentation, and whether code is complete. */
  void assist(List<String> completed, List<String> inspected, List<String> judged)
      throws TrainingException {
    for (String code : completed) {
      ask(shell, "complete_request", atEnd(code));
    }
    for (String code : inspected) {
      JsonObject content = atEnd(code);
      content.addProperty("detail_level", 0);
      ask(shell, "inspect_request", content);
    }
    for (String code : judged) {
      JsonObject content = new JsonObject();
      content.addProperty("code", code);
      ask(shell, "is_complete_request", content);
    }
  }

  private static JsonObject atEnd(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.length());
    return content;
  }

  /** Asks the kernel to end itself. */
  void shutdown() throws TrainingException {
    JsonObject content = new JsonObject();
    content.addProperty("restart", false);
    ask(control, "shutdown_request", content);
  }

  private void ask(ZMQ.Socket socket, String type, JsonObject content) throws TrainingException {
    Header header = send(socket, type, content);
    await(socket, message -> answers(message, header), "the answer to " + type + " " + content);
  }

  /** Waits for a message on that socket, and takes meanwhile what is published. */
  private void await(ZMQ.Socket socket, Predicate<Message> wanted, String what)
      throws TrainingException {
    long deadline = System.nanoTime() + PATIENCE_NS;
    try (ZMQ.Poller poller = context.createPoller(2)) {
      poller.register(socket, ZMQ.Poller.POLLIN);
      if (socket != iopub) {
        poller.register(iopub, ZMQ.Poller.POLLIN);
      }
      while (System.nanoTime() < deadline) {
        poller.poll(LOOK_MS);
        if (socket != iopub && poller.pollin(1)) {
          receive(iopub);
        }
        if (poller.pollin(0)) {
          if (wanted.test(receive(socket))) {
            return;
          }
        } else if (!alive.getAsBoolean()) {
          throw new TrainingException("the kernel died before " + what);
        }
      }
    }
    throw new TrainingException("the kernel did not send " + what);
  }

  private static boolean answers(Message message, Header request) {
    JsonElement id = message.parent().get("msg_id");
    return id != null && id.getAsString().equals(request.id());
  }

  private Header send(ZMQ.Socket socket, String type, JsonObject content) {
    Header header = Header.create(UUID.randomUUID().toString(), session, type);
    List<byte[]> frames =
        codec.encode(
            new Message(List.of(), header, new JsonObject(), new JsonObject(), content, List.of()));
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
    return header;
  }

  private Message receive(ZMQ.Socket socket) throws TrainingException {
    List<byte[]> frames = new ArrayList<>();
    do {
      frames.add(socket.recv());
    } while (socket.hasReceiveMore());
    try {
      return codec.decode(frames);
    } catch (MalformedMessageException e) {
      throw new TrainingException("the kernel sent no message: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
