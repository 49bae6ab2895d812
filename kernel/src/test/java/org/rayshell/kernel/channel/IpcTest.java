package org.rayshell.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.TestClient;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Kernels on Unix-domain sockets. */
class IpcTest {
  // Paths of Unix sockets have to be short.
  private Path directory;

  @BeforeEach
  void make() throws Exception {
    directory = Files.createTempDirectory("ipc");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Files.delete(directory);
  }

  private KernelProcess start(Map<String, String> more) {
    Map<String, String> connection = new TreeMap<>(more);
    connection.put("transport", "ipc");
    connection.put("ip", directory.resolve("k").toString());
    return KernelProcess.startWith(connection);
  }

  private List<Path> files() throws Exception {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void end(TestClient client, KernelProcess kernel) {
    client.control("shutdown_request", TestClient.json("{'restart': false}"));
    assertEquals("shutdown_reply", client.nextControl().header().type());
    assertEquals(0, kernel.awaitExit());
  }

  private static void converse(TestClient client) {
    assertEquals("x", client.execute("echo x").result());
    String id = client.sendExecute("ask Name?");
    client.nextStdin();
    client.answer("me");
    assertEquals("me", client.await(id).result());
    byte[] beat = "beat".getBytes(StandardCharsets.US_ASCII);
    assertEquals("beat", new String(client.beat(beat), StandardCharsets.US_ASCII));
  }

  @Test
  void allChannelsAreFilesOfTheirOwnerWhichGoWithTheKernel() throws Exception {
    try (KernelProcess kernel = start(Map.of());
        TestClient client = TestClient.connect(kernel)) {
      converse(client);
      assertEquals(5, files().size());
      for (Path file : files()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
      try (TestClient other = TestClient.connect(kernel)) {
        assertEquals("y", other.execute("echo y").result());
        other.execute("megabytes 5");
      }
      converse(client);
      end(client, kernel);
    }
    assertEquals(List.of(), files());
  }

  @Test
  void encryptionWorksThereToo() {
    ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
    Map<String, String> curve =
        Map.of("curve_publickey", keys.publicKey, "curve_secretkey", keys.secretKey);
    try (KernelProcess kernel = start(curve);
        TestClient client = TestClient.connect(kernel)) {
      converse(client);
      end(client, kernel);
    }
  }

  @Test
  void thePortBehindTheFileIsForNobodyElse() throws Exception {
    try (KernelProcess kernel = start(Map.of());
        TestClient client = TestClient.connect(kernel);
        ZContext context = new ZContext(1)) {
      List<Integer> ports = listening(kernel.process().pid());
      assertFalse(ports.isEmpty());
      ZMQ.Socket spy = context.createSocket(SocketType.SUB);
      spy.setReceiveTimeOut(200);
      spy.subscribe(ZMQ.SUBSCRIPTION_ALL);
      for (int port : ports) {
        spy.connect("tcp://127.0.0.1:" + port);
      }
      for (int i = 0; i < 5; i++) {
        assertEquals("secret", client.execute("echo secret").result());
      }
      assertNull(spy.recv());
      end(client, kernel);
    }
  }

  /** The TCP ports on which a process listens. */
  private static List<Integer> listening(long pid) throws Exception {
    List<String> sockets;
    try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      sockets =
          files
              .map(file -> {
                try {
                  return Files.readSymbolicLink(file).toString();
                } catch (java.io.IOException e) {
                  return "";
                }
              })
              .filter(target -> target.startsWith("socket:"))
              .map(target -> target.replaceAll("\\D", ""))
              .toList();
    }
    List<Integer> ports = new java.util.ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
        String[] words = line.strip().split("\\s+");
        if (words[3].equals("0A") && sockets.contains(words[9])) {
          ports.add(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  @Test
  void theFileOfAKilledKernelIsTakenOverAndThatOfALivingOneIsNot() throws Exception {
    UnixDomainSocketAddress shell = UnixDomainSocketAddress.of(directory.resolve("k-40001"));
    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(shell).close();
    assertTrue(Files.exists(shell.getPath()));
    try (KernelProcess kernel = start(Map.of());
        TestClient client = TestClient.connect(kernel)) {
      converse(client);
      try (KernelProcess second = start(Map.of())) {
        assertEquals(69, second.awaitExit());
        assertTrue(second.stderr().contains("cannot bind ipc://" + shell.getPath()));
      }
      converse(client);
      end(client, kernel);
    }
  }
}
