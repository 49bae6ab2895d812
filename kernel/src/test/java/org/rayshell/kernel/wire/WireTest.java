package org.rayshell.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "7", "{", "{}{}", "{'a': 1}", "{\"a\": NaN}", "{a: 1}", "{\"a\":1,}"})
  void whatIsNotStrictlyAJsonObjectIsRefused(String text) {
    assertThrows(MalformedMessageException.class, () -> Json.parse(bytes(text)));
  }

  @Test
  void bytesThatAreNotUtf8OrTooDeepAreRefused() {
    assertThrows(
        MalformedMessageException.class, () -> Json.parse(new byte[] {'{', (byte) 0xFF, '}'}));
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThrows(MalformedMessageException.class, () -> Json.parse(bytes(deep)));
  }

  @Test
  void aMessageComesBackAsItWent() throws Exception {
    MessageCodec codec = new MessageCodec(Signer.of("hmac-sha256", "key"));
    JsonObject content = new JsonObject();
    content.addProperty("code", "ä😀");
    Message sent =
        new Message(
            List.of(bytes("me")),
            Header.create("id", "session", "execute_request"),
            new JsonObject(),
            new JsonObject(),
            content,
            List.of(new byte[] {0, 1}));
    Message got = codec.decode(codec.encode(sent));
    assertEquals(content, got.content());
    assertEquals(sent.header(), got.header());
    assertArrayEquals(bytes("me"), got.identities().get(0));
    assertArrayEquals(new byte[] {0, 1}, got.buffers().get(0));
  }

  @Test
  void eachSignedPartCounts() {
    MessageCodec codec = new MessageCodec(Signer.of("hmac-sha256", "key"));
    List<byte[]> frames =
        codec.encode(
            new Message(
                List.of(),
                Header.create("id", "session", "x"),
                new JsonObject(),
                new JsonObject(),
                new JsonObject(),
                List.of()));
    for (int i = 1; i < frames.size(); i++) {
      List<byte[]> changed = new ArrayList<>(frames);
      changed.set(i, bytes("{ }"));
      assertThrows(MalformedMessageException.class, () -> codec.decode(changed));
    }
  }

  @Test
  void theSignatureIsThatOfTheScheme() {
    // Printed by: printf '{}{}{}{}' | openssl dgst -sha256 -hmac key
    assertEquals(
        "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3",
        new String(Signer.of("hmac-sha256", "key").sign(bytes("{}{}"), bytes("{}{}"))));
    assertTrue(Signer.of("hmac-sha256", "").verify(bytes("any"), bytes("{}")));
    assertFalse(Signer.of("hmac-sha512", "key").verify(bytes("any"), bytes("{}")));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Signer.of("hmac-no", "key"));
    assertTrue(refused.getMessage().contains("signature_scheme=hmac-no"));
  }

  @Test
  void positionsCountCodePoints() {
    String text = "a😀b";
    assertEquals(3, CodePoints.toIndex(text, 2));
    assertEquals(2, CodePoints.toPosition(text, 3));
    assertEquals(4, CodePoints.toIndex(text, Integer.MAX_VALUE));
    assertEquals(0, CodePoints.toIndex(text, -1));
    assertEquals(3, CodePoints.toPosition(text, 99));
    assertEquals(2, CodePoints.toPosition("\ud83d\ud83d", 2));
  }

  @Test
  void datesHaveSeconds() {
    String date = Header.create("id", "s", "x").json().get("date").getAsString();
    assertTrue(date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"), date);
  }

  @Test
  void aDateAlwaysHasSixDigitsOfASecond() {
    assertEquals("2026-11-28T00:50:01.000000Z", Header.date(Instant.parse("2026-11-28T00:50:01Z")));
    assertEquals(
        "2026-11-28T00:50:01.000009Z",
        Header.date(Instant.parse("2026-11-28T00:50:01.000009999Z")));
    assertEquals(
        "2026-11-28T00:50:02.120000Z", Header.date(Instant.parse("2026-11-28T00:50:02.12Z")));
    assertEquals(
        "1969-12-31T23:59:59.999999Z", Header.date(Instant.ofEpochSecond(-1, 999_999_999)));
  }

  @Test
  void eachMessageHasItsOwnParent() throws MalformedMessageException {
    MessageCodec codec = new MessageCodec(Signer.of("hmac-sha256", "key"));
    JsonObject one = Header.create("1", "s", "execute_request").json();
    JsonObject two = Header.create("2", "s", "execute_request").json();
    for (JsonObject parent : List.of(one, one, two, one, new JsonObject())) {
      Message message =
          new Message(
              List.of(),
              Header.create("m", "s", "status"),
              parent,
              new JsonObject(),
              new JsonObject(),
              List.of());
      List<byte[]> frames = codec.encode(message);
      assertEquals(parent, Json.parse(frames.get(3)));
    }
  }
}
