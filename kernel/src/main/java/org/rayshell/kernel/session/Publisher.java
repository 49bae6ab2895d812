package org.rayshell.kernel.session;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.rayshell.kernel.channel.Channel;
import org.rayshell.kernel.channel.Router;
import org.rayshell.kernel.wire.Content;
import org.rayshell.kernel.wire.Header;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.Publication;

/** Puts contents into messages of this kernel and hands them to the router. Thread-safe. */
public final class Publisher {
  private final Router router;
  private final String session = UUID.randomUUID().toString();
  private final AtomicLong sequence = new AtomicLong();

  /** Sends by the router. */
  public Publisher(Router router) {
    this.router = router;
  }

  /** Sends to the one who sent that message; returns the id that the message got. */
  public String send(Channel channel, Message to, Content content) {
    Header header = header(content);
    router.send(
        channel,
        new Message(
            to.identities(),
            header,
            to.header().json(),
            new JsonObject(),
            content.json(),
            List.of()));
    return header.id();
  }

  /** Publishes under a parent header; waits while a slow reader has too much before it. */
  public void publish(JsonObject parent, Publication publication) {
    publish(parent, publication, new JsonObject(), List.of());
  }

  /** The same, with metadata and buffers of a comm. */
  public void publish(
      JsonObject parent, Publication publication, JsonObject metadata, List<byte[]> buffers) {
    // These are small; control and the router must not wait behind a cell's output.
    boolean patient =
        !(publication instanceof Publication.Status || publication instanceof Publication.Welcome);
    router.publish(
        new Message(
            List.of(publication.type().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            header(publication),
            parent,
            metadata,
            publication.json(),
            buffers),
        patient,
        isBeginning(publication));
  }

  /** Whether it tells that a request is being handled, which for most is over in a moment. */
  private static boolean isBeginning(Publication publication) {
    return publication instanceof Publication.ExecuteInput
        || publication instanceof Publication.Status status && status.state().equals("busy");
  }

  private Header header(Content content) {
    return Header.create(session + "_" + sequence.getAndIncrement(), session, content.type());
  }
}
