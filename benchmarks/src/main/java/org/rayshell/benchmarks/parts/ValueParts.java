package org.rayshell.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;

/** Values into bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ValueParts {
  /** A small value of a user's. */
  public record Point(int x, double y, String name) {}

  /** What is encoded. */
  @Param({
    "null",
    "boxed Integer",
    "String of 20",
    "record of 3",
    "list of 1,000 records",
    "int[1,000]",
    "byte[1 MB]"
  })
  public String value;

  private final ValueCodec codec = new ValueCodec(new NoRefs());
  private Object decoded;
  private EncodedValue encoded;

  private static Object make(String value) {
    return switch (value) {
      case "null" -> null;
      case "boxed Integer" -> 1_234_567;
      case "String of 20" -> "twenty characters 20";
      case "record of 3" -> point(7);
      case "list of 1,000 records" -> IntStream.range(0, 1000).mapToObj(ValueParts::point).toList();
      case "int[1,000]" -> IntStream.range(0, 1000).toArray();
      case "byte[1 MB]" -> new byte[1 << 20];
      default -> throw new IllegalArgumentException("value=" + value);
    };
  }

  private static Point point(int n) {
    return new Point(n, n / 3.0, "point " + n);
  }

  /** Makes the value. */
  @Setup
  public void make() {
    decoded = make(value);
    encoded = codec.encode(decoded);
  }

  /** Into bytes. */
  @Benchmark
  public EncodedValue encode() {
    return codec.encode(decoded);
  }

  /** And back. */
  @Benchmark
  public Object decode() {
    return codec.decode(encoded, ValueParts.class.getClassLoader());
  }
}
