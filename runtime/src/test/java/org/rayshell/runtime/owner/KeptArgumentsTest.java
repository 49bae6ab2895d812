package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;

class KeptArgumentsTest {
  private static final ObjectRef<?> REF =
      new ObjectRef<>(new ObjectState(new ObjectId(1, 1, 1), null));

  private static ShippedCall.Arg value(byte... bytes) {
    return new ShippedCall.Arg.Value(new EncodedValue(bytes));
  }

  private static void assertKeptAsTheyAre(List<ShippedCall.Arg> args) {
    Object kept = KeptArguments.keep(args);
    assertFalse(KeptArguments.areSmall(kept));
    assertSame(args, KeptArguments.list(kept));
  }

  @Test
  void smallValuesAreOneArrayAndComeBack() {
    Random random = new Random(5);
    for (int round = 0; round < 1000; round++) {
      List<ShippedCall.Arg> args = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        byte[] bytes = new byte[random.nextInt(256)];
        random.nextBytes(bytes);
        args.add(value(bytes));
      }
      Object kept = KeptArguments.keep(args);
      assertTrue(KeptArguments.areSmall(kept));
      List<ShippedCall.Arg> back = KeptArguments.list(kept);
      assertEquals(args.size(), back.size());
      for (int i = 0; i < args.size(); i++) {
        EncodedValue value = assertInstanceOf(ShippedCall.Arg.Value.class, back.get(i)).value();
        assertArrayEquals(((ShippedCall.Arg.Value) args.get(i)).value().bytes(), value.bytes());
        assertTrue(value.refs().isEmpty());
      }
    }
  }

  @Test
  void anArgumentTakesOneByteMoreThanItself() {
    assertEquals(
        4, ((byte[]) KeptArguments.keep(List.of(value((byte) 1, (byte) 2, (byte) 3)))).length);
  }

  @Test
  void refsAndValuesWithRefsAndLargeOnesAreKeptAsTheyAre() {
    assertKeptAsTheyAre(List.of());
    assertKeptAsTheyAre(List.of(value((byte) 1), new ShippedCall.Arg.Ref(REF)));
    EncodedValue withRef = new EncodedValue(new byte[] {1}, List.of(REF));
    assertKeptAsTheyAre(List.of(new ShippedCall.Arg.Value(withRef)));
    assertKeptAsTheyAre(List.of(value((byte) 1), value(new byte[256])));
  }
}
