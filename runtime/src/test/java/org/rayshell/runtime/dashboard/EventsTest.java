package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rayshell.runtime.view.TaskState;

/** The stream of changes, read as a browser reads it. */
class EventsTest {
  private final FakeView view = FakeView.small();
  private final DashboardServer server = DashboardServer.start(view, 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
    client.shutdownNow();
  }

  private Stream open(String query, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/events" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(
        "text/event-stream; charset=utf-8", answer.headers().firstValue("Content-Type").get());
    return new Stream(
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
  }

  private record Event(String name, String id, JsonObject data) {}

  private record Stream(BufferedReader in) {
    /** The next event of that name; null at the stream's end. */
    Event next(String wanted) throws IOException {
      String name = null;
      String id = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ") && wanted.equals(name)) {
          return new Event(name, id, JsonParser.parseString(line.substring(6)).getAsJsonObject());
        } else if (line.isEmpty()) {
          name = null;
          id = null;
        }
      }
      return null;
    }
  }

  private static String id(Event tasks, int index) {
    JsonObject task = tasks.data.getAsJsonArray("tasks").get(index).getAsJsonObject();
    return task.get("id").getAsString().substring(0, 16);
  }

  @Test
  void aSummaryComesAtOnceAndAgainWithEachChange() throws Exception {
    Stream stream = open("");
    Event first = stream.next("summary");
    assertEquals(4, first.data.getAsJsonObject("tasks").get("total").getAsInt());
    view.task(5, "g", TaskState.RUNNING, 201, 1, -1, 0, null);
    Event tasks = stream.next("tasks");
    assertEquals("1234567800000005", id(tasks, 0));
    assertEquals("5", tasks.id);
    assertEquals(5, stream.next("summary").data.getAsJsonObject("tasks").get("total").getAsInt());
  }

  @Test
  void whoComesBackGetsWhatChangedMeanwhile() throws Exception {
    for (Stream stream : List.of(open("?after=2"), open("", "Last-Event-ID", "2"))) {
      Event tasks = stream.next("tasks");
      assertEquals(2, tasks.data.getAsJsonArray("tasks").size());
      assertEquals("1234567800000004", id(tasks, 0));
      assertEquals(0, tasks.data.get("missed").getAsInt());
    }
  }

  @Test
  void whatIsTooMuchIsCounted() throws Exception {
    for (int i = 10; i < 1_010; i++) {
      view.task(i, "f", TaskState.FINISHED, 201, 1, 2, 0, null);
    }
    Event tasks = open("?after=0").next("tasks");
    assertEquals(Events.MOST_TASKS, tasks.data.getAsJsonArray("tasks").size());
    assertEquals(1_004 - Events.MOST_TASKS, tasks.data.get("missed").getAsInt());
    assertTrue(tasks.data.toString().length() < 200_000);
  }

  @Test
  void workersAreToldWhenTheyChange() throws Exception {
    Stream stream = open("?of=workers");
    assertEquals(2, stream.next("workers").data.getAsJsonArray("workers").size());
  }

  @Test
  void theEndIsTheLastEvent() throws Exception {
    Stream stream = open("?of=summary&every=60000");
    stream.next("summary");
    view.task(6, "boom", TaskState.FAILED, 201, 1, 2, 0, "E");
    server.close();
    JsonObject tasks = stream.next("end").data.getAsJsonObject("tasks");
    assertEquals(5, tasks.get("total").getAsInt());
    assertEquals(2, tasks.get("failed").getAsInt());
    assertNull(stream.next("summary"));
  }

  @Test
  @Timeout(60)
  void aReaderThatWentAwayIsNoticed() throws Exception {
    Stream stream = open("");
    stream.next("summary");
    assertEquals(1, server.readers());
    stream.in.close();
    while (server.readers() > 0) {
      Thread.yield();
    }
  }

  @Test
  void theOldestOfTooManyReadersMakesRoom() throws Exception {
    Stream oldest = open("");
    oldest.next("summary");
    for (int i = 0; i < Events.MOST_READERS; i++) {
      open("").next("summary");
    }
    assertEquals(Events.MOST_READERS, oldest.next("full").data.get("readers").getAsInt());
    assertNull(oldest.next("summary"));
  }
}
