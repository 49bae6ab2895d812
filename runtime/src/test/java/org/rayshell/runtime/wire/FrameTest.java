package org.rayshell.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rayshell.ObjectRef;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.ErrorType;
import org.rayshell.runtime.view.OwnedObject;
import org.rayshell.runtime.view.TaskProfile;
import org.rayshell.runtime.view.TaskStack;
import org.rayshell.runtime.view.TaskState;
import org.rayshell.runtime.view.WaitReason;
import org.rayshell.testing.TaskUpdates;

/** Messages as frames: what goes in comes out, and damaged bytes are refused. */
class FrameTest {
  private static final ObjectId ID = new ObjectId(0x1122334455667788L, 1, 1);
  static final Message.PushTask.Terms TERMS =
      new Message.PushTask.Terms(-1, List.of("java.io.IOException", "X"), 100, 3, 5);

  private static final ObjectRef<?> REF = ref(new RefAddress(ID, "w7"));

  private static final List<Message.StoredArgument> STORED =
      List.of(new Message.StoredArgument(2, ID, "w3"));

  private static final OwnedObject.State STORED_OBJECT = OwnedObject.State.STORED;

  private static final List<StackTraceElement> FRAMES =
      List.of(
          new StackTraceElement(null, "java.base", null, "java.lang.Thread", "sleep0", null, -2),
          new StackTraceElement("REPL.$JShell$1", "f", "$JShell$1.java", 12));

  /** A ref that stands for nothing but its address. */
  static ObjectRef<?> ref(RefAddress address) {
    return new ObjectRef<>(
        new RefHandle() {
          @Override
          public ObjectId id() {
            return address.id();
          }

          @Override
          public String owner() {
            return address.owner();
          }
        });
  }

  static byte[] frame(Message message) {
    WireWriter writer = new WireWriter();
    Frame.write(message, writer);
    ByteBuffer whole = ByteBuffer.allocate((int) writer.length());
    writer.segments().forEach(whole::put);
    writer.putTail(whole);
    return whole.array();
  }

  private static FrameAssembler assembler() {
    FrameAssembler assembler = new FrameAssembler();
    assembler.limit(Frame.MAX_BYTES);
    return assembler;
  }

  private static Message read(byte[] frame) throws ProtocolException {
    return Frame.read(assembler().next(ByteBuffer.wrap(frame)), FrameTest::ref);
  }

  static List<Message> messages() {
    Map<String, Double> amounts = new LinkedHashMap<>();
    amounts.put("CPU", 0.5);
    amounts.put("gpu", 2.0);
    TaskUpdate update =
        TaskUpdates.update(
            ID,
            "f",
            TaskState.RUNNING,
            "In [7]",
            ID,
            1,
            2,
            3,
            -1,
            0.5,
            10,
            20,
            30,
            40,
            50,
            "oh",
            60,
            70,
            ErrorType.TASK_CANCELLED);
    TaskUpdate bare =
        TaskUpdates.update(
            ID,
            "ünï",
            TaskState.FAILED,
            null,
            null,
            1,
            0,
            1,
            3,
            1,
            1,
            0,
            0,
            0,
            0,
            null,
            0,
            0,
            null);
    return List.of(
        new Message.RequestLease(7, amounts, 3, RuntimeEnv.create()),
        new Message.RequestLease(
            7, amounts, 3, RuntimeEnv.create().env("K", "v=ü").jvmOptions("-Xmx1g", "-Da=b")),
        new Message.CancelRequest(7),
        new Message.ReturnLease(8),
        new Message.Blocked(8),
        new Message.Unblocked(8),
        new Message.TaskOutput(
            List.of(
                new Message.TaskOutput.Line(ID, "In [1]", "f", true, "x"),
                new Message.TaskOutput.Line(ID, null, "g", false, ""))),
        new Message.FlushOutput(9),
        new Message.TaskUpdates(List.of(update, bare)),
        new Message.Heartbeat(ID, 5),
        new Message.PeerLost("w7"),
        new Message.ResourcesRequest(1),
        new Message.Staying(),
        new Message.LeaseGranted(7, 8, "w7", 4242),
        new Message.LeaseRefused(7, "too much"),
        new Message.Reclaim(8),
        new Message.WorkerDied("w7", 4242, "signal 9 (SIGKILL)", "tail"),
        new Message.ResourcesReply(1, amounts, amounts, "ab", 2, null),
        new Message.OutputFlushed(9),
        new Message.ExitIfUnneeded(),
        new Message.Shutdown(),
        new Message.ReturnTasks(8, 100),
        new Message.TasksReturned(8, List.of(ID, ID), null),
        new Message.TasksReturned(8, List.of(), ID),
        new Message.CheckHealth(3),
        new Message.Healthy(3),
        new Message.TaskStarted(ID, 2, 99),
        new Message.TaskDone(
            ID, 2, Outcome.failure(Outcome.Kind.OWNER_DIED, "gone"), "gone", 1, 2, 3, true),
        new Message.GetObject(1, ID, true),
        new Message.ObjectReply(1, null),
        new Message.AddBorrower(1, ID, "w3"),
        new Message.BorrowerAdded(1),
        new Message.ReleaseObject(ID, "w2", 2),
        new Message.CountArrivals(ID, "w2"),
        new Message.Arrivals(ID, "w2", 1),
        new Message.StoredAt(1, "w3", 1L << 33),
        new Message.GetResult(1, ID),
        new Message.ResultReply(1, Outcome.failure(Outcome.Kind.OBJECT_LOST, "gone")),
        new Message.DropResult(ID),
        new Message.ArgumentLost(ID, 1, ID, "w3", "gone"),
        new Message.FreeObject(ID),
        new Message.ObjectFreed(ID),
        new Message.CancelObject(ID, true, false),
        new Message.TaskItem(ID, 2, 7, Outcome.failure(Outcome.Kind.TASK_CANCELLED, "no")),
        new Message.CancelTask(ID, 2, false, true),
        new Message.ItemsTaken(ID, 2, 6),
        new Message.KillWorker(8),
        new Message.ClusterAttached("2.60.0", "01000000", null),
        new Message.ClusterAttached("2.60.0", "01000000", "http://127.0.0.1:8265/"),
        new Message.ClusterLost("its head is gone"),
        new Message.ClusterState(
            amounts,
            amounts,
            List.of(new Message.ClusterState.Node("ab", "10.0.0.5", false, amounts)),
            List.of(new Message.ClusterState.Worker(4242, "10.0.0.5", true, 5))),
        new Message.OpenLease(8, amounts, RuntimeEnv.create().env("K", "v")),
        new Message.CloseLease(8),
        new Message.ObjectStored(1, null),
        new Message.ObjectStored(1, "full"),
        new Message.TaskAt(ID, 2, 4242, "10.0.0.5"),
        new Message.ClusterOutput(
            4242, "10.0.0.5", List.of(new Message.TaskOutput.Line(ID, null, "g", false, "x"))),
        new Message.StackQuestion(1),
        new Message.StackAnswer(1, TaskStack.IDLE),
        new Message.StackAnswer(
            1, new TaskStack("ab", "f", "In [1]", 9, Thread.State.BLOCKED, "X@1", "main", FRAMES)),
        new Message.WaitsQuestion(2, List.of(ID)),
        new Message.WaitsAnswer(
            2,
            List.of(
                new WaitReason(
                    "ab", List.of("cd", "ef"), amounts, RuntimeEnv.create().env("K", "v")),
                new WaitReason("ab", List.of(), Map.of(), RuntimeEnv.create()))),
        new Message.ObjectsQuestion(3, 100),
        new Message.ObjectsAnswer(
            3,
            List.of(
                new OwnedObject(
                    "ab", STORED_OBJECT, 5, "w1", "In [1]", "f", "int 1", List.of("w2")),
                new OwnedObject("ab", STORED_OBJECT, 5, null, null, null, null, List.of()))),
        new Message.ProfileQuestion(4, 5_000_000_000L, "f"),
        new Message.EndProfile(4),
        new Message.ProfileAnswer(
            4,
            new TaskProfile(
                "Flight Recorder",
                "",
                10,
                20,
                3,
                List.of(new TaskProfile.Sampled("f", 7, FRAMES)))));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageComesOutAsItWentIn(Message message) throws Exception {
    assertEquals(message, read(frame(message)));
  }

  @Test
  void aTaskComesOutAsItWentIn() throws Exception {
    EncodedValue small = new EncodedValue(new byte[] {1, 2});
    EncodedValue large = new EncodedValue(new byte[100_000]);
    Arrays.fill(large.bytes(), (byte) 7);
    EncodedValue target = new EncodedValue(new byte[] {5}, List.of(REF));
    Message.PushTask task =
        new Message.PushTask(
            1,
            ID,
            "f",
            "hash",
            target,
            List.of(small, large, small),
            STORED,
            2,
            4,
            "In [1]",
            3,
            TERMS);
    Message.PushTask read = assertInstanceOf(Message.PushTask.class, read(frame(task)));
    assertEquals(task.task(), read.task());
    assertArrayEquals(task.target().bytes(), read.target().bytes());
    assertEquals(List.of(REF), read.target().refs());
    assertEquals("w7", read.target().refs().getFirst().handle().owner());
    assertEquals(3, read.args().size());
    assertArrayEquals(large.bytes(), read.args().get(1).bytes());
    assertArrayEquals(small.bytes(), read.args().get(2).bytes());
    assertEquals(STORED, read.stored());
    assertEquals(2, read.attempt());
    assertEquals(4, read.attempts());
    assertEquals("In [1]", read.cell());
    assertEquals(3, read.depth());
    assertEquals(TERMS, read.terms());
  }

  @Test
  void framesArriveInAnyPieces() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] value = new byte[random.nextInt(200_000)];
      random.nextBytes(value);
      byte[] one = frame(new Message.ObjectReply(1, Outcome.value(new EncodedValue(value))));
      byte[] two = frame(new Message.Blocked(5));
      ByteBuffer stream = ByteBuffer.allocate(one.length + two.length).put(one).put(two).flip();
      FrameAssembler assembler = assembler();
      List<Message> read = new java.util.ArrayList<>();
      while (stream.hasRemaining()) {
        byte[] piece = new byte[Math.min(stream.remaining(), 1 + random.nextInt(50_000))];
        stream.get(piece);
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        for (WireReader body; (body = assembler.next(buffer)) != null; ) {
          read.add(Frame.read(body, FrameTest::ref));
        }
      }
      assertEquals(2, read.size());
      Message.ObjectReply reply = assertInstanceOf(Message.ObjectReply.class, read.get(0));
      assertArrayEquals(value, reply.outcome().value().bytes());
      assertEquals(new Message.Blocked(5), read.get(1));
    }
  }

  @Test
  void aFrameThatIsCutIsRefused() {
    for (Message message : messages()) {
      byte[] whole = frame(message);
      for (int length = 6; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        ByteBuffer.wrap(cut).putInt(length - 4);
        assertThrows(ProtocolException.class, () -> read(cut), () -> "" + message);
      }
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] frame = frame(new Message.Blocked(5));
    byte[] longer = Arrays.copyOf(frame, frame.length + 1);
    ByteBuffer.wrap(longer).putInt(longer.length - 4);
    assertThrows(ProtocolException.class, () -> read(longer));
  }

  @Test
  void anotherVersionAndAnUnknownTypeAreRefused() {
    byte[] version = frame(new Message.Blocked(5));
    version[4] = 77;
    assertTrue(
        assertThrows(ProtocolException.class, () -> read(version))
            .getMessage()
            .contains("version=77"));
    byte[] type = frame(new Message.Blocked(5));
    type[5] = 99;
    assertTrue(
        assertThrows(ProtocolException.class, () -> read(type)).getMessage().contains("type=99"));
  }

  @Test
  void randomBytesNeverDoMoreThanAProtocolException() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 100_000; round++) {
      List<Message> all = messages();
      byte[] bytes = frame(all.get(random.nextInt(all.size())));
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
      }
      try {
        read(bytes);
      } catch (ProtocolException _) {
        // What is damaged is refused, and only that way.
      }
    }
  }

  @Test
  void aStrangersFrameIsShortAndALengthAloneTakesNoMemory() throws Exception {
    FrameAssembler stranger = new FrameAssembler();
    ByteBuffer length = ByteBuffer.allocate(4).putInt(Frame.MAX_STRANGER_BYTES + 1).flip();
    assertThrows(ProtocolException.class, () -> stranger.next(length));
    for (int bad : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      ByteBuffer header = ByteBuffer.allocate(4).putInt(bad).flip();
      assertThrows(ProtocolException.class, () -> assembler().next(header));
    }
    // A thousand peers that promise 2 GB and send nothing.
    for (int i = 0; i < 1000; i++) {
      ByteBuffer header = ByteBuffer.allocate(5).putInt(Frame.MAX_BYTES).put((byte) 1).flip();
      assertNull(assembler().next(header));
    }
  }

  @Test
  void aFrameOverTheLimitIsNotSent() {
    EncodedValue part = new EncodedValue(new byte[64 << 20]);
    Message.PushTask task =
        new Message.PushTask(
            1,
            ID,
            "f",
            "",
            new EncodedValue(new byte[0]),
            Collections.nCopies(48, part),
            List.of(),
            1,
            1,
            null,
            0,
            TERMS);
    WireWriter writer = new WireWriter();
    FrameTooLargeException refused =
        assertThrows(FrameTooLargeException.class, () -> Frame.write(task, writer));
    assertTrue(refused.getMessage().contains("bytes=32212"), refused.getMessage());
  }
}
