package org.rayshell.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.TestClient;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class CurveTest {
  private static KernelProcess start() {
    ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
    return KernelProcess.startWith(
        Map.of("curve_publickey", keys.publicKey, "curve_secretkey", keys.secretKey));
  }

  @Test
  void allChannelsAreEncrypted() {
    try (KernelProcess kernel = start();
        TestClient client = TestClient.connect(kernel)) {
      assertEquals("x", client.execute("echo x").result());
      assertEquals("ok", client.askControl("kernel_info_request", "{}").status());
      String id = client.sendExecute("ask Name?");
      client.nextStdin();
      client.answer("me");
      assertEquals("me", client.await(id).result());
      byte[] beat = "beat".getBytes(StandardCharsets.US_ASCII);
      assertEquals("beat", new String(client.beat(beat), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void whoDoesNotEncryptHearsNothing() {
    try (KernelProcess kernel = start();
        TestClient client = TestClient.connect(kernel);
        ZContext context = new ZContext(1)) {
      ZMQ.Socket spy = context.createSocket(SocketType.SUB);
      spy.setReceiveTimeOut(200);
      spy.subscribe(ZMQ.SUBSCRIPTION_ALL);
      spy.connect(kernel.connection().address("iopub"));
      for (int i = 0; i < 5; i++) {
        assertEquals("secret", client.execute("echo secret").result());
      }
      assertNull(spy.recv());
    }
  }

  @Test
  void aWrongKeyIsSaidAndNeverShown(@TempDir Path directory) throws Exception {
    String good = ZMQ.Curve.generateKeyPair().publicKey;
    for (String wrong : new String[] {"short", "\\u20ac".repeat(40)}) {
      String said =
          refused(
              directory,
              "\"curve_publickey\": \"" + good + "\", \"curve_secretkey\": \"" + wrong + "\"");
      assertTrue(said.contains("curve_secretkey is no key"), said);
      assertFalse(said.contains(wrong), said);
    }
    assertTrue(
        refused(directory, "\"curve_publickey\": \"" + good + "\"")
            .contains("curve_secretkey is missing"));
  }

  private static String refused(Path directory, String curve) throws IOException {
    Path file = directory.resolve("connection.json");
    Files.writeString(
        file,
        """
        {"transport": "tcp", "ip": "127.0.0.1", "key": "k", "shell_port": 1, "iopub_port": 2,
         "stdin_port": 3, "control_port": 4, "hb_port": 5, %s}
        """
            .formatted(curve));
    return assertThrows(IOException.class, () -> ConnectionFile.read(file)).getMessage();
  }
}
