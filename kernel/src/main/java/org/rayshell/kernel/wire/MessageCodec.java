package org.rayshell.kernel.wire;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages from and to the frames of a ZeroMQ message. Thread-safe. */
public final class MessageCodec {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = {'{', '}'};

  /** What all messages of one request are answers to. */
  private record Parent(JsonObject json, byte[] bytes) {}

  private final Signer signer;
  private final Replays replays = new Replays();
  private volatile Parent latest = new Parent(new JsonObject(), EMPTY);

  /** Signs and verifies by the signer. */
  public MessageCodec(Signer signer) {
    this.signer = signer;
  }

  /** The frames of the message, signed. */
  public List<byte[]> encode(Message message) {
    byte[] header = Json.bytes(message.header().json());
    byte[] parent = parent(message.parent());
    byte[] metadata = part(message.metadata());
    byte[] content = Json.bytes(message.content());
    List<byte[]> frames =
        new ArrayList<>(message.identities().size() + 6 + message.buffers().size());
    frames.addAll(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(header, parent, metadata, content));
    frames.add(header);
    frames.add(parent);
    frames.add(metadata);
    frames.add(content);
    frames.addAll(message.buffers());
    return frames;
  }

  private byte[] parent(JsonObject json) {
    Parent known = latest;
    if (known.json != json) {
      known = new Parent(json, part(json));
      latest = known;
    }
    return known.bytes;
  }

  private static byte[] part(JsonObject json) {
    return json.isEmpty() ? EMPTY : Json.bytes(json);
  }

  /**
   * The message of the frames. The content is parsed after the signature is found right.
   *
   * @throws MalformedMessageException if they are no message, not signed by the session's key, or
   *     came before
   */
  public Message decode(List<byte[]> frames) throws MalformedMessageException {
    int at = 0;
    while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
      at++;
    }
    if (frames.size() - at < 6) {
      throw new MalformedMessageException("frames missing after <IDS|MSG>, or no such delimiter");
    }
    byte[] header = frames.get(at + 2);
    byte[] parent = frames.get(at + 3);
    byte[] metadata = frames.get(at + 4);
    byte[] content = frames.get(at + 5);
    byte[] signature = frames.get(at + 1);
    if (!signer.verify(signature, header, parent, metadata, content)) {
      throw new MalformedMessageException("the signature is wrong");
    }
    if (signer.signs() && !replays.isNew(signature)) {
      throw new MalformedMessageException("it has been received before");
    }
    return new Message(
        List.copyOf(frames.subList(0, at)),
        Header.parse(Json.parse(header)),
        Json.parse(parent),
        Json.parse(metadata),
        Json.parse(content),
        List.copyOf(frames.subList(at + 6, frames.size())));
  }
}
