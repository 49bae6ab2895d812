package org.rayshell.runtime.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskArguments.Argument;

class TaskArgumentsTest {
  private final TaskArguments arguments = new TaskArguments();

  private static ObjectId id(int unique) {
    return new ObjectId(unique, 1, 1);
  }

  private static ShippedCall.Arg value(int length, int content) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) content);
    return new ShippedCall.Arg.Value(new EncodedValue(bytes));
  }

  private static byte[] bytes(Argument argument) {
    return argument.value().bytes();
  }

  @Test
  void smallOnesOfAnyLengthAreKept() {
    arguments.add(id(1), List.of(value(5, -1)));
    arguments.add(id(2), List.of(value(15, 1), value(0, 0), value(13, 2)));
    arguments.add(id(3), List.of(value(15, 3), value(15, 4)));
    arguments.add(id(4), List.of(value(TaskArguments.MOST_BYTES, 5)));
    assertArrayEquals(new byte[] {-1, -1, -1, -1, -1}, bytes(arguments.of(id(1)).getFirst()));
    List<Argument> three = arguments.of(id(2));
    assertEquals(List.of(15L, 0L, 13L), three.stream().map(Argument::bytes).toList());
    assertEquals(2, bytes(three.getLast())[12]);
    assertEquals(4, bytes(arguments.of(id(3)).getLast())[14]);
    assertEquals(TaskArguments.MOST_BYTES, bytes(arguments.of(id(4)).getFirst()).length);
  }

  @Test
  void ofLargeOnesTheSizeIsKeptAndOfManyTheFirst() {
    arguments.add(id(1), List.of(value(3, 1), value(TaskArguments.MOST_BYTES + 1, 1)));
    arguments.add(id(2), Collections.nCopies(9, value(1, 7)));
    assertEquals(3, bytes(arguments.of(id(1)).getFirst()).length);
    assertNull(arguments.of(id(1)).getLast().value());
    assertEquals(TaskArguments.MOST_BYTES + 1, arguments.of(id(1)).getLast().bytes());
    assertEquals(8, arguments.of(id(2)).size());
  }

  @Test
  void onlyTheLatestTasksAreKnown() {
    for (int i = 0; i <= TaskLog.SHOWN; i++) {
      arguments.add(id(i), List.of(value(4, i)));
    }
    assertEquals(List.of(), arguments.of(id(0)));
    assertEquals(1, bytes(arguments.of(id(1)).getFirst())[0]);
    assertEquals((byte) TaskLog.SHOWN, bytes(arguments.of(id(TaskLog.SHOWN)).getFirst())[3]);
    assertEquals(List.of(), arguments.of(id(-1)));
  }
}
