package org.rayshell.runtime.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;

/** Messages into frames and back, as a connection does it but for the socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WireParts {
  private static final ObjectId ID = new ObjectId(0x1122334455667788L, 1, 1);
  private static final String HASH = "0123456789abcdef0123456789abcdef";

  /** What is sent. */
  @Param({"small task", "small result", "result of 1 MB"})
  public String message;

  private final WireWriter writer = new WireWriter();
  private final FrameAssembler assembler = new FrameAssembler();
  private Message made;
  private ByteBuffer frame;

  private static Message make(String message) {
    return switch (message) {
      case "small task" ->
          new Message.PushTask(
              7,
              ID,
              "noop",
              HASH,
              new EncodedValue(new byte[100]),
              List.of(new EncodedValue(new byte[5])),
              List.of(),
              1,
              4,
              "In [1]",
              0,
              Message.PushTask.Terms.PLAIN);
      case "small result" -> done(5);
      case "result of 1 MB" -> done(1 << 20);
      default -> throw new IllegalArgumentException("message=" + message);
    };
  }

  private static Message done(int bytes) {
    Outcome outcome = Outcome.value(new EncodedValue(new byte[bytes]));
    return new Message.TaskDone(ID, 1, outcome, null, 1_000, 2_000, 900, false);
  }

  /** Makes the message and its frame. */
  @Setup
  public void make() {
    assembler.limit(Frame.MAX_BYTES);
    made = make(message);
    write();
    // As the loop's buffer: direct.
    frame = ByteBuffer.allocateDirect((int) writer.length());
    writer.segments().forEach(segment -> frame.put(segment.duplicate()));
    writer.putTail(frame);
  }

  /** Into the segments that a connection writes; large arrays are not copied. */
  @Benchmark
  public long write() {
    Frame.write(made, writer);
    return writer.length();
  }

  /** From bytes that have all arrived. */
  @Benchmark
  public Message read() throws ProtocolException {
    frame.position(0);
    return Frame.read(assembler.next(frame), address -> null);
  }
}
