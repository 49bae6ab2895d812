package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;

/** Tasks that make one value after the other, which others use while they run. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class GeneratorTest {
  private Meeting meeting;

  @BeforeAll
  static void start() {
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterAll
  static void end() {
    Ray.shutdown();
  }

  @BeforeEach
  void open() throws IOException {
    meeting = new Meeting();
  }

  @AfterEach
  void close() throws IOException {
    meeting.close();
  }

  private static Stream<Integer> squares(int n) {
    return IntStream.range(0, n).mapToObj(i -> i * i);
  }

  /** Meets before each item, and fails if it is told to. */
  private static Iterator<String> told(int port) {
    return Stream.generate(() -> Meeting.come(port, ""))
        .takeWhile(word -> !word.equals("end"))
        .map(word -> {
          if (word.equals("fail")) {
            throw new IllegalStateException("as told");
          }
          return word;
        })
        .iterator();
  }

  private static Stream<Integer> counting(int port) {
    return Stream.iterate(1, n -> n + 1).peek(n -> Meeting.come(port, "" + n));
  }

  /** Makes one item, and then none for long. */
  private static Iterator<Integer> dozing(int port) {
    return Stream.iterate(1, n -> n + 1)
        .peek(n -> {
          if (n > 1) {
            Meeting.come(port, "");
            try {
              Thread.sleep(100_000);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        })
        .iterator();
  }

  private static int square(int n) {
    return n * n;
  }

  private static int nested() {
    ObjectRefGenerator<Integer> squares = Ray.task(GeneratorTest::squares, 20).remoteStream();
    int sum = 0;
    for (ObjectRef<Integer> each : squares) {
      sum += each.get();
    }
    return sum;
  }

  private static <T> List<T> values(ObjectRefGenerator<T> generator) {
    List<T> values = new ArrayList<>();
    generator.forEach(ref -> values.add(ref.get()));
    return values;
  }

  @Test
  void streamsIteratorsAndIterablesAreTaken() {
    ObjectRefGenerator<Integer> stream = Ray.task(GeneratorTest::squares, 1000).remoteStream();
    assertEquals(IntStream.range(0, 1000).map(i -> i * i).boxed().toList(), values(stream));
    assertNull(stream.completed().get());
    assertFalse(stream.hasNext());
    assertThrows(NoSuchElementException.class, stream::next);
    assertEquals(List.of("a", "b"), values(Ray.task(() -> List.of("a", "b")).remoteStream()));
    assertEquals(
        List.of("a"), values(Ray.task(() -> List.of("a").iterator()).<String>remoteStream()));
    assertEquals(List.of(), values(Ray.task(() -> Stream.empty()).remoteStream()));
  }

  @Test
  void whatIsNoStreamFailsInTheFirstPlace() {
    ObjectRefGenerator<Object> generator = Ray.task(() -> "text").remoteStream();
    ObjectRef<Object> first = generator.next();
    String message = assertThrows(RayTaskException.class, first::get).getCause().getMessage();
    assertTrue(message.contains("a Stream, an Iterator or an Iterable"), message);
    assertTrue(message.contains("returned a java.lang.String"), message);
    assertFalse(generator.hasNext());
  }

  @Test
  void itemsAreThereWhileTheTaskRunsAndGoIntoOtherTasks() throws Exception {
    ObjectRefGenerator<String> generator =
        Ray.task(GeneratorTest::told, meeting.port()).remoteStream();
    meeting.next().release("one");
    ObjectRef<String> one = generator.next();
    assertEquals("one", one.get());
    assertEquals("ONE", Ray.task(String::toUpperCase, one).remote().get());
    assertTrue(Ray.wait(List.of(generator.completed()), 1, Duration.ZERO).ready().isEmpty());
    meeting.next().release("two");
    assertEquals("two", generator.next().get());
    meeting.next().release("end");
    assertFalse(generator.hasNext());
    assertEquals("one", one.get());
  }

  @Test
  void aFailureComesInItsPlaceAndWhatWasMadeStays() throws Exception {
    ObjectRefGenerator<String> generator =
        Ray.task(GeneratorTest::told, meeting.port()).remoteStream();
    meeting.next().release("one");
    meeting.next().release("fail");
    ObjectRef<String> one = generator.next();
    ObjectRef<String> two = generator.next();
    assertEquals("as told", assertThrows(RayTaskException.class, two::get).getCause().getMessage());
    assertFalse(generator.hasNext());
    assertEquals("one", one.get());
    assertThrows(RayTaskException.class, generator.completed()::get);
  }

  @Test
  void itMakesNoMoreThanItMayAhead() throws Exception {
    try (ObjectRefGenerator<Integer> generator =
        Ray.task(GeneratorTest::counting, meeting.port())
            .options(o -> o.generatorBackpressure(2))
            .remoteStream()) {
      meeting.next().release("");
      meeting.next().release("");
      assertEquals(1, generator.next().get());
      // Only now it makes the third.
      Meeting.Guest third = meeting.next();
      assertEquals("3", third.word());
      third.release("");
      assertEquals(2, generator.next().get());
      meeting.next().release("");
    }
  }

  @Test
  void whoWaitsForReadersLendsItsCpu() throws Exception {
    List<ObjectRefGenerator<Integer>> generators = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      generators.add(
          Ray.task(GeneratorTest::squares, 3)
              .options(o -> o.generatorBackpressure(1))
              .remoteStream());
    }
    // All four wait, on two CPUs, and others run all the same.
    for (ObjectRefGenerator<Integer> each : generators) {
      assertEquals(0, each.next().get());
      assertEquals(4, Ray.task(GeneratorTest::square, 2).remote().get());
    }
    generators.forEach(each -> assertEquals(List.of(1, 4), values(each)));
  }

  @Test
  void whenTheWorkerDiesWhatWasMadeIsNotMadeAgain() throws Exception {
    ObjectRefGenerator<String> generator =
        Ray.task(GeneratorTest::told, meeting.port()).remoteStream();
    meeting.next().release("one");
    meeting.next().release("two");
    assertEquals("one", generator.next().get());
    ObjectRef<String> second = generator.next();
    meeting.next().process().destroyForcibly();
    // From the start again: another value in the place of what is there is not looked at.
    for (String word : List.of("other", "two", "three", "end")) {
      meeting.next().release(word);
    }
    assertEquals("two", second.get());
    assertEquals(List.of("three"), values(generator));
  }

  @Test
  void anExceptionThatIsRetriedStartsItAnew() throws Exception {
    ObjectRefGenerator<String> generator =
        Ray.task(GeneratorTest::told, meeting.port())
            .options(o -> o.retryExceptions(IllegalStateException.class))
            .remoteStream();
    for (String word : List.of("one", "fail", "one", "two", "end")) {
      meeting.next().release(word);
    }
    assertEquals(List.of("one", "two"), values(generator));
  }

  @Test
  void closingItCancelsTheTask() throws Exception {
    ObjectRefGenerator<Integer> endless =
        Ray.task(() -> Stream.iterate(1, n -> n + 1)).remoteStream();
    ObjectRef<Integer> first = endless.next();
    endless.close();
    assertThrows(TaskCancelledException.class, endless.completed()::get);
    assertFalse(endless.hasNext());
    assertEquals(1, first.get());
  }

  @Test
  void losingItCancelsTheTask() {
    ObjectRef<Void> completed = endless();
    while (Ray.wait(List.of(completed), 1, Duration.ofMillis(20)).ready().isEmpty()) {
      System.gc();
    }
    assertThrows(TaskCancelledException.class, completed::get);
  }

  private static ObjectRef<Void> endless() {
    ObjectRefGenerator<Integer> lost = Ray.task(() -> Stream.iterate(1, n -> n + 1)).remoteStream();
    assertEquals(1, lost.next().get());
    return lost.completed();
  }

  @Test
  void itDoesNotLeaveItsProcess() {
    try (ObjectRefGenerator<Integer> generator =
        Ray.task(GeneratorTest::squares, 1).remoteStream()) {
      String message =
          assertThrows(RayException.class, () -> Ray.task(g -> g, generator).remote()).getMessage();
      assertTrue(message.contains("send the refs that it gives"), message);
    }
  }

  @Test
  void cancellingItIsAFailureInItsPlace() throws Exception {
    ObjectRefGenerator<Integer> generator =
        Ray.task(GeneratorTest::dozing, meeting.port()).remoteStream();
    assertEquals(1, generator.next().get());
    meeting.next().release("");
    Ray.cancel(generator.completed());
    assertThrows(TaskCancelledException.class, generator.next()::get);
    assertFalse(generator.hasNext());
  }

  @Test
  void aTaskMayReadAnothersItems() {
    assertEquals(
        IntStream.range(0, 20).map(i -> i * i).sum(),
        Ray.task(GeneratorTest::nested).remote().get());
  }

  @Test
  void manyReadersShareTheItems() throws Exception {
    ObjectRefGenerator<Integer> generator =
        Ray.task(GeneratorTest::squares, 200)
            .options(o -> o.generatorBackpressure(7))
            .remoteStream();
    java.util.concurrent.ConcurrentLinkedQueue<Integer> seen =
        new java.util.concurrent.ConcurrentLinkedQueue<>();
    List<Thread> readers =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                Thread.startVirtualThread(() -> {
                  try {
                    while (true) {
                      seen.add(generator.next().get());
                    }
                  } catch (NoSuchElementException _) {
                    // The end.
                  }
                }))
            .toList();
    for (Thread each : readers) {
      each.join();
    }
    assertEquals(
        IntStream.range(0, 200).map(i -> i * i).boxed().toList(), seen.stream().sorted().toList());
  }
}
