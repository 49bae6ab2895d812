package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Garbage by whoever knows the secret, to processes that work meanwhile. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class LiveGarbageTest {
  private static final ObjectId ID = new ObjectId(77, 1, 1);

  private static Path folder;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
    folder = Runtimes.view().orElseThrow().sessionDir();
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  private static String meets(int port) {
    return Meeting.come(port, "") + " " + ProcessHandle.current().pid();
  }

  private static SocketChannel shakesHands(String process) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(process)));
    byte[] secret = Files.readAllBytes(folder.resolve("secret"));
    channel.write(
        ByteBuffer.wrap(
            FrameTest.frame(new Message.Hello(Frame.VERSION, secret, "w999", 1234567))));
    return channel;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Waits until the other side has ended the connection. */
  private static void awaitEnd(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    try {
      while (channel.read(buffer.clear()) >= 0) {
        // What it says does not matter.
      }
    } catch (IOException _) {
      // Reset, since not all that was sent was read.
    }
  }

  private static void sendsUntilRefused(String process, byte[] bytes) throws IOException {
    try (SocketChannel channel = shakesHands(process)) {
      try {
        channel.write(ByteBuffer.wrap(bytes));
      } catch (IOException _) {
        // Refused before it was all sent.
      }
      awaitEnd(channel);
    }
  }

  private static boolean isRefused(byte[] frame) {
    FrameAssembler assembler = new FrameAssembler();
    assembler.limit(Frame.MAX_BYTES);
    try {
      WireReader body = assembler.next(ByteBuffer.wrap(frame));
      if (body != null) {
        Frame.read(body, FrameTest::ref);
      }
      return false;
    } catch (ProtocolException _) {
      return true;
    }
  }

  /** Runs the attack while a task waits on each worker, and looks whether all went on. */
  private static void whileTasksRun(Attack attack) throws Exception {
    try (Meeting meeting = new Meeting()) {
      List<ObjectRef<String>> refs =
          List.of(
              Ray.task(LiveGarbageTest::meets, meeting.port()).remote(),
              Ray.task(LiveGarbageTest::meets, meeting.port()).remote());
      Meeting.Guest one = meeting.next();
      Meeting.Guest two = meeting.next();
      List<String> sockets;
      try (var files = Files.list(folder)) {
        sockets =
            files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".sock")).toList();
      }
      assertEquals(3, sockets.size(), sockets::toString);
      for (String socket : sockets) {
        attack.on(socket);
      }
      one.release("went on");
      two.release("went on");
      assertEquals(
          Set.of("went on " + one.pid(), "went on " + two.pid()), Set.copyOf(Ray.get(refs)));
      assertEquals(42, Ray.task(() -> 42).remote().get());
    }
  }

  private interface Attack {
    void on(String socket) throws Exception;
  }

  @Test
  void garbageAfterAHandshakeEndsThatConnectionAlone() throws Exception {
    whileTasksRun(socket -> {
      for (int seed = 0; seed < 100; seed++) {
        Random random = new Random(seed);
        byte[] frame = new byte[6 + random.nextInt(300)];
        do {
          random.nextBytes(frame);
          if (random.nextBoolean()) {
            ByteBuffer.wrap(frame).putInt(0, frame.length - 4).put(4, (byte) Frame.VERSION);
          }
        } while (!isRefused(frame));
        sendsUntilRefused(socket, frame);
      }
    });
  }

  @Test
  void strangersGetNothingWhileTasksRun() throws Exception {
    assertEquals("rwx------", mode(folder));
    assertEquals("rw-------", mode(folder.resolve("secret")));
    whileTasksRun(socket -> {
      assertEquals("rw-------", mode(folder.resolve(socket)));
      for (byte[] beginning : StrangerTest.wrongBeginnings()) {
        try (SocketChannel stranger =
            SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(socket)))) {
          stranger.write(ByteBuffer.wrap(beginning));
          awaitEnd(stranger);
        }
      }
    });
  }

  @Test
  void messagesForOthersEndThatConnectionAlone() throws Exception {
    List<Message> toDriver =
        List.of(
            new Message.Reclaim(1),
            new Message.Shutdown(),
            new Message.ExitIfUnneeded(),
            new Message.LeaseGranted(1, 1, "w1", 5),
            new Message.ExportCode("x", new byte[3]),
            new Message.Hello(Frame.VERSION, new byte[32], "w998", 5));
    List<Message> toWorker =
        List.of(
            new Message.Shutdown(),
            new Message.ExitIfUnneeded(),
            new Message.OutputFlushed(1),
            new Message.ResourcesReply(1, Map.of(), Map.of(), "", 1, null),
            new Message.WorkerDied("w1", 1, "", ""),
            new Message.RequestLease(1, Map.of("CPU", 1.0), 0, RuntimeEnv.create()),
            new Message.Heartbeat(ID, 1));
    whileTasksRun(socket -> {
      for (Message message : socket.startsWith("driver") ? toDriver : toWorker) {
        sendsUntilRefused(socket, FrameTest.frame(message));
      }
    });
  }

  @Test
  void aConnectionThatIsCutInMidFrameHoldsNobodyUp() throws Exception {
    byte[] frame = FrameTest.frame(new Message.GetObject(1, ID, true));
    whileTasksRun(socket -> {
      for (int cut = 0; cut <= frame.length; cut++) {
        try (SocketChannel channel = shakesHands(socket)) {
          channel.write(ByteBuffer.wrap(frame, 0, cut));
        }
      }
    });
  }

  @Test
  void whatAStrangerAsksOfTheSchedulerIsNotGranted() throws Exception {
    byte[] request =
        FrameTest.frame(new Message.RequestLease(1, Map.of("CPU", 2.0), 0, RuntimeEnv.create()));
    try (SocketChannel channel = shakesHands("driver.sock")) {
      channel.write(ByteBuffer.wrap(request));
      channel.write(ByteBuffer.wrap(FrameTest.frame(new Message.Staying())));
      assertEquals(42, Ray.task(() -> 42).remote().get());
    }
  }
}
