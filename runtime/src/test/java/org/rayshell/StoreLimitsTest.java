package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.NothingLeft;

/** What becomes of large values where there is little room. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class StoreLimitsTest {
  private static final RayOptions SMALL =
      RayOptions.create().numCpus(1).objectStoreMemory(64L << 20).includeDashboard(false);

  @TempDir Path folder;

  private static byte[] bytes(int length, int seed) {
    byte[] made = new byte[length];
    made[0] = (byte) seed;
    made[length - 1] = (byte) seed;
    return made;
  }

  private static int last(byte[] bytes) {
    return bytes[bytes.length - 1];
  }

  /** Puts 12 MB ten times, then 80 MB, and tells what became of it all. */
  static final class Putter {
    public static void main(String[] args) {
      Ray.init(SMALL);
      List<ObjectRef<byte[]>> refs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        refs.add(Ray.put(bytes(12_000_000, i)));
      }
      try {
        Ray.put(bytes(80_000_000, 1));
        System.out.println("put");
      } catch (ObjectStoreFullException e) {
        System.out.println(e.getMessage());
      }
      ObjectRef<byte[]> returned =
          Ray.task(n -> bytes(n, 1), 80_000_000).options(o -> o.maxRetries(0)).remote();
      try {
        System.out.println("returned " + last(returned.get()));
      } catch (RayTaskException e) {
        System.out.println(e.getCause());
      }
      for (int i = 0; i < 10; i++) {
        int sum =
            last(refs.get(i).get()) + Ray.task(StoreLimitsTest::last, refs.get(i)).remote().get();
        if (sum != 2 * i) {
          throw new AssertionError(i + " " + sum);
        }
      }
      System.out.println("all there");
      Ray.shutdown();
    }
  }

  @Test
  void whatHasRoomNowhereIsRefusedAndNothingIsLost() throws Exception {
    // The arena's file is just allowed, a file of the large value is not.
    try (ChildJvm driver = ChildJvm.startWithFileSize(69L << 20, Putter.class)) {
      List<String> said = driver.readAll().lines().toList();
      assertEquals(0, driver.exitCode(), said::toString);
      String refused =
          "the object store is full, and there is no room on the disk either: bytes=800000";
      assertTrue(said.stream().anyMatch(line -> line.startsWith(refused)), said::toString);
      assertTrue(
          said.stream().anyMatch(line -> line.contains("ObjectStoreFullException: " + refused)),
          said::toString);
      assertTrue(said.contains("all there"), said::toString);
    }
  }

  @Test
  void whereNoFileMayBeThatLargeValuesGoThroughSockets() throws Exception {
    try (ChildJvm driver = ChildJvm.startWithFileSize(8L << 20, Small.class)) {
      List<String> said = driver.readAll().lines().toList();
      assertEquals(0, driver.exitCode(), said::toString);
      assertTrue(said.toString().contains("ulimit -f"), said::toString);
      assertTrue(said.contains("7"), said::toString);
    }
  }

  /** Passes an array on, whatever it goes through. */
  static final class Small {
    public static void main(String[] args) {
      Ray.init(SMALL);
      System.out.println(
          Ray.task(StoreLimitsTest::last, Ray.put(bytes(1_000_000, 7))).remote().get());
      Ray.shutdown();
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @Test
  void whatIsSpilledGoesToTheFolderGivenAndWithItsRefsOrSession() throws IOException {
    RayContext session = Ray.init(SMALL.objectSpillingDirectory(folder));
    List<ObjectRef<byte[]>> refs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      refs.add(Ray.put(bytes(8_000_000, i)));
    }
    assertTrue(session.view().spilledBytes() >= 12 * 8_000_000L);
    assertTrue(filesIn(folder).size() >= 12, filesIn(folder)::toString);
    assertEquals(3, last(refs.get(3).get()));
    // What a dead worker wrote goes, too, when nobody reads it.
    assertEquals(5, last(Ray.task(n -> bytes(n, 5), 90_000_000).remote().get()));
    Ray.shutdown();
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  /** Leaves files behind. */
  static final class Killed {
    public static void main(String[] args) {
      Ray.init(SMALL.objectSpillingDirectory(Path.of(args[0])));
      List<ObjectRef<byte[]>> refs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        refs.add(Ray.put(bytes(8_000_000, i)));
      }
      Runtime.getRuntime().halt(refs.size());
    }
  }

  @Test
  void whatAKilledDriverLeftIsRemovedByTheNext() throws Exception {
    try (ChildJvm driver = ChildJvm.start(Killed.class, folder.toString())) {
      driver.readAll();
      assertEquals(20, driver.exitCode());
    }
    assertTrue(filesIn(folder).size() >= 12, filesIn(folder)::toString);
    Ray.init(SMALL);
    Ray.shutdown();
    assertArrayEquals(new String[0], folder.toFile().list());
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedByName() {
    Path missing = folder.resolve("missing");
    String message =
        assertThrows(IllegalArgumentException.class, () -> SMALL.objectSpillingDirectory(missing))
            .getMessage();
    assertTrue(message.contains("objectSpillingDirectory=" + missing), message);
  }
}
