package org.rayshell.kernel.channel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.kernel.wire.Json;
import org.rayshell.kernel.wire.MalformedMessageException;

/**
 * Where the kernel binds its sockets and the key that signs, as Jupyter wrote it to a file.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip an address, or a path's beginning for ipc
 * @param ports by the names {@code shell}, {@code control}, {@code stdin}, {@code iopub}, {@code
 *     hb}
 * @param curve null if what travels is not to be encrypted
 */
public record ConnectionFile(
    String transport,
    String ip,
    Map<String, Integer> ports,
    String scheme,
    String key,
    CurveKeys curve) {

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read or is no connection file; names the file and the fault
   */
  public static ConnectionFile read(Path file) throws IOException {
    try {
      JsonObject json = Json.parse(Files.readAllBytes(file));
      Map<String, Integer> ports = new LinkedHashMap<>();
      for (String name : new String[] {"shell", "iopub", "stdin", "control", "hb"}) {
        ports.put(name, field(json, name + "_port").getAsInt());
      }
      JsonElement scheme = json.get("signature_scheme");
      return new ConnectionFile(
          field(json, "transport").getAsString(),
          field(json, "ip").getAsString(),
          ports,
          scheme == null ? "hmac-sha256" : scheme.getAsString(),
          field(json, "key").getAsString(),
          curve(json));
    } catch (MalformedMessageException
        | NumberFormatException
        | UnsupportedOperationException
        | IllegalStateException e) {
      throw new IOException("connection file " + file + " is wrong: " + e.getMessage(), e);
    }
  }

  private static CurveKeys curve(JsonObject json) throws MalformedMessageException {
    boolean secret = json.has("curve_secretkey");
    if (!secret && !json.has("curve_publickey")) {
      return null;
    }
    // With one key alone somebody expects to be encrypted and would not be.
    return CurveKeys.of(
        field(json, "curve_publickey").getAsString(), field(json, "curve_secretkey").getAsString());
  }

  private static JsonElement field(JsonObject json, String name) throws MalformedMessageException {
    JsonElement value = json.get(name);
    if (value == null || !value.isJsonPrimitive()) {
      throw new MalformedMessageException(name + " is missing");
    }
    return value;
  }

  /** The ZeroMQ address of a socket. */
  public String address(String name) {
    char separator = transport.equals("ipc") ? '-' : ':';
    return transport + "://" + ip + separator + ports.get(name);
  }
}
