package org.rayshell.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaysTest {
  private static byte[] signature(int number) {
    return "%016x%048x".formatted(number, 7).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void whatIsOldIsForgottenSoThatMemoryIsBounded() {
    Replays replays = new Replays();
    for (int i = 0; i < 1 << 16; i++) {
      assertTrue(replays.isNew(signature(i)));
    }
    assertFalse(replays.isNew(signature(0)));
    assertTrue(replays.isNew(signature(1 << 16)));
    assertFalse(replays.isNew(signature(1)));
    assertTrue(replays.isNew(signature(0)));
  }

  @Test
  void onlyASignedMessageIsKnownAgain() throws Exception {
    for (String key : List.of("key", "")) {
      MessageCodec codec = new MessageCodec(Signer.of("hmac-sha256", key));
      Header header = Header.create("id", "session", "kernel_info_request");
      JsonObject nothing = new JsonObject();
      List<byte[]> frames =
          codec.encode(new Message(List.of(), header, nothing, nothing, nothing, List.of()));
      codec.decode(frames);
      if (key.isEmpty()) {
        codec.decode(frames);
      } else {
        String said =
            assertThrows(MalformedMessageException.class, () -> codec.decode(frames)).getMessage();
        assertTrue(said.contains("received before"), said);
      }
    }
  }

  @Test
  void aFaultInJsonIsSaidWithoutItsPlace() {
    for (String text : List.of("{\"a\": tru}", "[".repeat(9_000), "{\"a\":" + "[".repeat(9_000))) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      String said =
          assertThrows(MalformedMessageException.class, () -> Json.parse(bytes)).getMessage();
      assertTrue(said.startsWith("not JSON: ") && said.length() < 200, said);
      assertFalse(said.contains("line 1"), said);
    }
  }
}
