package org.rayshell.kernel.session;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import org.rayshell.kernel.wire.Message;
import org.rayshell.kernel.wire.Publication;

/** The cell of an {@code execute_request}. Thread-safe. */
final class RequestCell implements Cell {
  private final Message request;
  private final int count;
  private final boolean silent;
  private final boolean takesInput;
  private final Publisher publisher;
  private final Stdin stdin;
  private final StreamBatch streams;
  private volatile boolean running = true;
  private volatile boolean interrupted;

  RequestCell(
      Message request,
      int count,
      boolean silent,
      boolean takesInput,
      Publisher publisher,
      Stdin stdin,
      ScheduledExecutorService timer) {
    this.request = request;
    this.count = count;
    this.silent = silent;
    this.takesInput = takesInput;
    this.publisher = publisher;
    this.stdin = stdin;
    this.streams = new StreamBatch((name, text) -> send(new Publication.Stream(name, text)), timer);
  }

  Message request() {
    return request;
  }

  boolean running() {
    return running;
  }

  void stop() {
    running = false;
  }

  void interrupt() {
    interrupted = true;
  }

  @Override
  public boolean interrupted() {
    return interrupted;
  }

  @Override
  public boolean attended() {
    return takesInput;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean silent() {
    return silent;
  }

  @Override
  public void stream(boolean stderr, String text) {
    streams.write(stderr, text);
  }

  @Override
  public void display(MimeBundle bundle, String displayId) {
    publish(display(false, bundle, displayId));
  }

  @Override
  public void updateDisplay(MimeBundle bundle, String displayId) {
    if (displayId == null) {
      throw new IllegalArgumentException("displayId=null: an update needs the display's id");
    }
    // Front ends find the display by its id; nbclient heeds only messages of the cell that runs.
    RequestCell sender =
        !running && CurrentCell.latest() instanceof RequestCell latest ? latest : this;
    flush();
    sender.publish(display(true, bundle, displayId));
  }

  private static Publication display(boolean update, MimeBundle bundle, String displayId) {
    JsonObject data = Bundles.data(bundle);
    return new Publication.Display(update, data, Bundles.metadata(bundle), displayId);
  }

  @Override
  public void clearOutput(boolean wait) {
    publish(new Publication.ClearOutput(wait));
  }

  @Override
  public String input(String prompt, boolean password) throws IOException, InterruptedException {
    if (!takesInput) {
      throw new IOException(
          "the front end takes no input: it ran "
              + label()
              + " with allow_stdin=false; run the cell where someone can answer");
    }
    flush();
    return stdin.ask(this, prompt, password);
  }

  /** Publishes after what has been printed. */
  void publish(Publication publication) {
    flush();
    send(publication);
  }

  void flush() {
    streams.flush();
  }

  private void send(Publication publication) {
    publisher.publish(request.header().json(), publication);
  }
}
