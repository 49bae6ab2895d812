package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.wire.Message;

class RequestCellTest {
  private static String id(String metadata) {
    JsonObject told = JsonParser.parseString(metadata).getAsJsonObject();
    Message request =
        new Message(List.of(), null, new JsonObject(), told, new JsonObject(), List.of());
    return new RequestCell(request, 1, false, false, null, null, null).id();
  }

  @Test
  void itsIdIsTheNotebooks() {
    assertEquals("cell-7_a", id("{\"cellId\": \"cell-7_a\", \"deletedCells\": []}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"cellId\": null}",
        "{\"cellId\": \"\"}",
        "{\"cellId\": [\"a\"]}",
        "{\"cellId\": {}}",
        "{\"cellId\": \"a&b\"}",
        "{\"cellId\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
      })
  void whatIsNoIdIsNone(String metadata) {
    assertNull(id(metadata));
  }
}
