package org.rayshell.kernel.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.channel.ConnectionFile;
import org.rayshell.kernel.channel.CurveKeys;
import org.rayshell.kernel.wire.Header;
import org.rayshell.kernel.wire.MalformedMessageException;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.MessageCodec;
import org.rayshell.kernel.wire.Signer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A front end for tests. Every message it receives is checked against {@link MessageSpec}; every
 * wait ends in a failure after half a minute. For one thread.
 */
public final class TestClient implements AutoCloseable {
  private static final int HANG_MILLIS = 30_000;

  private final ZContext context = new ZContext(1);
  private final Signer signer;
  private final MessageCodec codec;
  private final CurveKeys curve;
  private final String session = UUID.randomUUID().toString();
  private final AtomicInteger sequence = new AtomicInteger();
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket stdin;
  private final ZMQ.Socket iopub;
  private final ZMQ.Socket heartbeat;
  private final List<IpcDoor> doors;
  private Message question;
  private final List<Message> seen = new ArrayList<>();
  private final List<Message> replies = new ArrayList<>();
  private final Conversation conversation = new Conversation();

  private TestClient(ConnectionFile connection, int highWaterMark) {
    curve = connection.curve();
    doors = new ArrayList<>();
    signer = Signer.of(connection.scheme(), connection.key());
    codec = new MessageCodec(signer);
    shell = connect(SocketType.DEALER, connection.address("shell"), 0);
    control = connect(SocketType.DEALER, connection.address("control"), 0);
    stdin = connect(SocketType.DEALER, connection.address("stdin"), 0);
    heartbeat = connect(SocketType.REQ, connection.address("hb"), 0);
    iopub = connect(SocketType.SUB, connection.address("iopub"), highWaterMark);
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  private String gate(String address) {
    try {
      IpcDoor door = new IpcDoor(Path.of(address.substring("ipc://".length())));
      doors.add(door);
      return door.address();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that hears the kernel: it returns when its subscription has arrived there. */
  public static TestClient connect(KernelProcess kernel) {
    return connect(kernel, 0);
  }

  /** The same with a high-water mark for what it has not read of iopub. */
  public static TestClient connect(KernelProcess kernel, int highWaterMark) {
    TestClient client = new TestClient(kernel.connection(), highWaterMark);
    try {
      Message first = client.next(client.iopub, kernel);
      while (!first.header().type().equals("iopub_welcome")) {
        first = client.next(client.iopub, kernel);
      }
      return client;
    } catch (RuntimeException | Error e) {
      client.close();
      throw e;
    }
  }

  private ZMQ.Socket connect(SocketType type, String address, int highWaterMark) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHWM(highWaterMark);
    socket.setLinger(0);
    socket.setReconnectIVL(20);
    socket.setReceiveTimeOut(HANG_MILLIS);
    socket.setIdentity(session.getBytes(StandardCharsets.US_ASCII));
    if (curve != null) {
      ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
      socket.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
      socket.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
      socket.setCurveServerKey(curve.publicKey());
    }
    // JeroMQ's own ipc is none, on this side neither.
    socket.connect(address.startsWith("ipc://") ? gate(address) : address);
    return socket;
  }

  /** A content out of JSON text; single quotes stand for double ones. */
  public static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  /** Sends a request on shell; its id. */
  public String shell(String type, JsonObject content) {
    return send(shell, type, content, List.of());
  }

  /** Sends a request on control; its id. */
  public String control(String type, JsonObject content) {
    return send(control, type, content, List.of());
  }

  /** Sends a message with buffers on shell; its id. */
  public String shell(String type, JsonObject content, List<byte[]> buffers) {
    return send(shell, type, content, buffers);
  }

  /** Sends a request to a subshell; its id. */
  public String subshell(String subshell, String type, JsonObject content) {
    Header header = header(type);
    header.json().addProperty("subshell_id", subshell);
    return send(shell, header, content, List.of());
  }

  private String send(ZMQ.Socket socket, String type, JsonObject content, List<byte[]> buffers) {
    return send(socket, header(type), content, buffers);
  }

  private String send(ZMQ.Socket socket, Header header, JsonObject content, List<byte[]> buffers) {
    transmit(
        socket,
        codec.encode(
            new Message(List.of(), header, new JsonObject(), new JsonObject(), content, buffers)));
    return header.id();
  }

  /** Sends frames on shell as they are. */
  public void shellFrames(List<byte[]> frames) {
    frames(Channel.SHELL, frames);
  }

  /** Sends frames as they are. */
  public void frames(Channel channel, List<byte[]> frames) {
    transmit(
        switch (channel) {
          case SHELL -> shell;
          case CONTROL -> control;
          case STDIN -> stdin;
          case IOPUB -> iopub;
        },
        frames);
  }

  /** A header for a request of this client, with an id of its own. */
  public Header header(String type) {
    return Header.create(session + "_" + sequence.getAndIncrement(), session, type);
  }

  /** The signature of parts that are no message. */
  public byte[] signature(byte[]... parts) {
    return signer.sign(parts);
  }

  /** Whether the frames are a message that a kernel takes. */
  public boolean isMessage(List<byte[]> frames) {
    try {
      new MessageCodec(signer).decode(frames);
      return true;
    } catch (MalformedMessageException e) {
      return false;
    }
  }

  /** The frames of any message, rightly signed. */
  public List<byte[]> sign(Message message) {
    return codec.encode(message);
  }

  /** The signed frames of a request. */
  public List<byte[]> frames(String type, JsonObject content) {
    return frames(type, content, _ -> {});
  }

  /** The signed frames of a request whose header is changed. */
  public List<byte[]> frames(String type, JsonObject content, Consumer<JsonObject> change) {
    Header header = header(type);
    change.accept(header.json());
    return codec.encode(
        new Message(List.of(), header, new JsonObject(), new JsonObject(), content, List.of()));
  }

  private static void transmit(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  /** Sends an {@code execute_request}; its id. */
  public String sendExecute(String code) {
    return shell("execute_request", execution(code));
  }

  /** Sends an {@code execute_request} to a subshell; its id. */
  public String sendExecute(String subshell, String code) {
    return subshell(subshell, "execute_request", execution(code));
  }

  private static JsonObject execution(String code) {
    JsonObject content = json("{'silent': false, 'store_history': true, 'allow_stdin': true}");
    content.addProperty("code", code);
    return content;
  }

  /** Asks on control and waits for the idle. */
  public Run askControl(String type, String content) {
    String id = control(type, json(content));
    Message reply = nextControl();
    if (!parent(reply).equals(id)) {
      throw new AssertionError("expected the reply to " + id + ", got " + reply);
    }
    return new Run(reply, untilIdle(id));
  }

  /** Waits for the reply to a request on shell, whatever is answered before it, and its idle. */
  public Run awaitAmongOthers(String id) {
    List<Message> others = new ArrayList<>();
    Message reply = nextShell();
    while (!parent(reply).equals(id)) {
      others.add(reply);
      reply = nextShell();
    }
    replies.addAll(0, others);
    return new Run(reply, untilIdle(id));
  }

  /** Runs code and waits for its idle. */
  public Run execute(String code) {
    return await(sendExecute(code));
  }

  /** Runs code that is to succeed, and waits for its idle. */
  public Run ok(String code) {
    Run run = execute(code);
    if (!run.status().equals("ok")) {
      throw new AssertionError(code + ": " + run.content());
    }
    return run;
  }

  /** Runs code that is to fail, and waits for its idle. */
  public Run fails(String code) {
    Run run = execute(code);
    if (!run.status().equals("error")) {
      throw new AssertionError(code + ": " + run.content());
    }
    return run;
  }

  /** Ends the kernel as a front end does, and this client. */
  public void shutDown(KernelProcess kernel) {
    control("shutdown_request", json("{'restart': false}"));
    nextControl();
    kernel.awaitExit();
    close();
    kernel.close();
  }

  /** Asks on shell and waits for the idle. */
  public Run ask(String type, String content) {
    return await(shell(type, json(content)));
  }

  /** Waits for the reply to a request on shell and for its idle. */
  public Run await(String id) {
    Message reply = nextShell();
    if (!parent(reply).equals(id)) {
      throw new AssertionError("expected the reply to " + id + ", got " + reply);
    }
    return new Run(reply, untilIdle(id));
  }

  /** The next reply on shell. */
  public Message nextShell() {
    return replies.isEmpty() ? next(shell, null) : replies.removeFirst();
  }

  /** The next reply on control. */
  public Message nextControl() {
    return next(control, null);
  }

  /** The next question on stdin. */
  public Message nextStdin() {
    question = next(stdin, null);
    return question;
  }

  /** The next on iopub, whatever its parent. */
  public Message nextIopub() {
    return seen.isEmpty() ? next(iopub, null) : seen.removeFirst();
  }

  /** Waits until that request has printed something; nothing is taken off iopub. */
  public void awaitOutput(String id) {
    awaitPublished(id, "stream");
  }

  /** Waits until something of that type is published for the request; nothing is taken off. */
  public void awaitPublished(String id, String type) {
    List<Message> all = new ArrayList<>();
    do {
      all.add(nextIopub());
    } while (!(all.getLast().header().type().equals(type) && parent(all.getLast()).equals(id)));
    seen.addAll(0, all);
  }

  /**
   * What iopub says for that request, from its busy to its idle; the rest is kept for later, in
   * order.
   */
  public List<Message> untilIdle(String id) {
    List<Message> own = new ArrayList<>();
    List<Message> others = new ArrayList<>();
    while (true) {
      Message message = nextIopub();
      if (!parent(message).equals(id)) {
        others.add(message);
        continue;
      }
      own.add(message);
      if (isStatus(message, "idle")) {
        seen.addAll(0, others);
        break;
      }
    }
    if (!isStatus(own.get(0), "busy")) {
      throw new AssertionError("no busy first: " + own);
    }
    long states = own.stream().filter(m -> m.header().type().equals("status")).count();
    if (states != 2) {
      throw new AssertionError("not one busy and one idle: " + own);
    }
    return own.subList(1, own.size() - 1);
  }

  /** Answers the last question on stdin. */
  public void answer(String value) {
    answer(value, question == null ? new JsonObject() : question.header().json());
  }

  /** Answers with that parent header; some front ends send an empty one. */
  public void answer(String value, JsonObject parent) {
    JsonObject content = new JsonObject();
    content.addProperty("value", value);
    Header header = header("input_reply");
    transmit(
        stdin,
        codec.encode(new Message(List.of(), header, parent, new JsonObject(), content, List.of())));
  }

  /** Sends a beat; what comes back. */
  public byte[] beat(byte[] ping) {
    heartbeat.send(ping);
    return heartbeat.recv();
  }

  /** The id of the message that this one answers; empty if none. */
  public static String parent(Message message) {
    return message.parent().has("msg_id") ? message.parent().get("msg_id").getAsString() : "";
  }

  /** Whether it is that status. */
  public static boolean isStatus(Message message, String state) {
    return message.header().type().equals("status")
        && message.content().get("execution_state").getAsString().equals(state);
  }

  private Message next(ZMQ.Socket socket, KernelProcess starting) {
    byte[] frame = socket.recv();
    if (frame == null) {
      throw new AssertionError(
          "nothing came for half a minute" + (starting == null ? "" : ": " + starting.stderr()));
    }
    List<byte[]> frames = new ArrayList<>(List.of(frame));
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    try {
      Message message = codec.decode(frames);
      MessageSpec.check(message);
      if (socket == iopub) {
        conversation.published(message);
      } else {
        conversation.sent(message);
      }
      return message;
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    context.close();
    doors.forEach(IpcDoor::close);
  }
}
