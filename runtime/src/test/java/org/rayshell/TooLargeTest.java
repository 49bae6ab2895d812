package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.testing.NothingLeft;

/** Where there is no object store values go through sockets, where messages have a limit. */
@ExtendWith(NothingLeft.class)
@Timeout(180)
class TooLargeTest {
  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(2).objectStoreMemory(1L << 50).includeDashboard(false));
  }

  @AfterEach
  void end() {
    Ray.shutdown();
  }

  @Test
  void whatIsTooLargeForAMessageIsRefusedBySize() {
    ObjectRef<byte[]> ref = Ray.put(new byte[540_000_000]);
    String message =
        assertThrows(
                RayException.class,
                () ->
                    Ray.task((a, b, c, d) -> a.length + b.length, ref, ref, ref, ref)
                        .options(o -> o.name("four"))
                        .remote()
                        .get())
            .getMessage();
    assertTrue(message.startsWith("four cannot be sent to a worker: too large to send"), message);
    assertTrue(message.contains("split it: bytes=21600"), message);
    assertEquals(1, Ray.task(Math::abs, -1).remote().get());
  }
}
