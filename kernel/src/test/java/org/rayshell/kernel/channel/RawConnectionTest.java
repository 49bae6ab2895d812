package org.rayshell.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rayshell.kernel.testkit.EchoKernel;
import org.rayshell.kernel.testkit.Fuzz;
import org.rayshell.kernel.testkit.TestClient;

/** Who connects to a kernel's ports and speaks ZeroMQ badly, or something else. */
class RawConnectionTest {
  @RegisterExtension static final EchoKernel ECHO = new EchoKernel("-Xmx100m");
  private final TestClient client = ECHO.client();

  private static byte[] greeting() {
    ByteBuffer greeting = ByteBuffer.allocate(64);
    greeting.put((byte) 0xFF).position(9).put((byte) 0x7F).put((byte) 3).put((byte) 0);
    greeting.put("NULL".getBytes(StandardCharsets.US_ASCII));
    return greeting.array();
  }

  private static byte[] ready(String type) {
    ByteBuffer ready = ByteBuffer.allocate(200);
    ready.put((byte) 4).put((byte) (6 + 12 + 4 + type.length()));
    ready.put((byte) 5).put("READY".getBytes(StandardCharsets.US_ASCII));
    ready.put((byte) 11).put("Socket-Type".getBytes(StandardCharsets.US_ASCII));
    ready.putInt(type.length()).put(type.getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = new byte[ready.position()];
    ready.flip().get(bytes);
    return bytes;
  }

  private static byte[] frame(int flags, long size) {
    return ByteBuffer.allocate(9).put((byte) flags).putLong(size).array();
  }

  private static List<List<byte[]>> conversations() {
    List<List<byte[]>> all = new ArrayList<>();
    for (long size :
        new long[] {Long.MAX_VALUE, -1, Long.MIN_VALUE, 1L << 31, (1L << 31) - 1, 1L << 40}) {
      for (int flags : new int[] {2, 3, 6, 0xFF}) {
        all.add(List.of(greeting(), ready("DEALER"), frame(flags, size), new byte[100]));
      }
    }
    all.add(List.of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    all.add(List.of(greeting()));
    all.add(List.of(greeting(), ready("PUB")));
    all.add(List.of(greeting(), ready("DEALER"), ready("DEALER")));
    all.add(List.of(greeting(), new byte[] {4, 6, 5, 'R', 'E', 'A', 'D', 'Y', 11, 'S'}));
    Fuzz fuzz = new Fuzz(11);
    for (int i = 0; i < 30; i++) {
      all.add(List.of(fuzz.bytes(80)));
      all.add(List.of(greeting(), fuzz.bytes(80)));
      all.add(List.of(greeting(), ready("DEALER"), fuzz.bytes(200)));
    }
    return all;
  }

  @Test
  void whatTheySendCostsThemTheirConnectionAndNobodyElse() throws Exception {
    ConnectionFile connection = ECHO.kernel().connection();
    List<Socket> left = new ArrayList<>();
    for (String name : List.of("shell", "control", "stdin", "iopub", "hb")) {
      for (List<byte[]> conversation : conversations()) {
        Socket socket = new Socket(connection.ip(), connection.ports().get(name));
        left.add(socket);
        try {
          OutputStream out = socket.getOutputStream();
          for (byte[] part : conversation) {
            out.write(part);
          }
        } catch (IOException e) {
          // Cut off already.
        }
      }
      assertEquals("alive", client.execute("echo alive").result());
    }
    for (Socket socket : left) {
      socket.close();
    }
    assertEquals("alive", client.execute("echo alive").result());
    assertEquals("ok", client.askControl("kernel_info_request", "{}").status());
    assertEquals(1, client.beat(new byte[1]).length);
  }
}
