package org.rayshell.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON text in UTF-8 from and to gson's tree, without reflection. */
public final class Json {
  private Json() {}

  /**
   * The object that the bytes are the text of.
   *
   * @throws MalformedMessageException if they are not strictly that
   */
  public static JsonObject parse(byte[] utf8) throws MalformedMessageException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (!element.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedMessageException("not a JSON object");
      }
      return element.getAsJsonObject();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException("not UTF-8", e);
    } catch (JsonParseException | IOException | StackOverflowError e) {
      throw new MalformedMessageException("not JSON: " + fault(e), e);
    }
  }

  /** What is wrong, without where: that differs in each message, and may be long. */
  private static String fault(Throwable e) {
    String message = String.valueOf(e.getMessage());
    int where = message.indexOf(" at line ");
    String what =
        message.substring(message.indexOf(": ") + 1, where < 0 ? message.length() : where);
    return what.strip().lines().findFirst().orElse("");
  }

  /**
   * The text of the element. A lone surrogate becomes a question mark: front ends refuse a message
   * that has one.
   */
  public static byte[] bytes(JsonElement element) {
    return element.toString().getBytes(StandardCharsets.UTF_8);
  }
}
