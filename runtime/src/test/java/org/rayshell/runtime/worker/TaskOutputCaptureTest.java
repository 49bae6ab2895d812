package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskOutputCaptureTest {
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errLog = new ByteArrayOutputStream();
  private final List<String> out = Collections.synchronizedList(new ArrayList<>());
  private final List<String> err = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void install() {
    TaskOutputCapture.install(log, errLog);
  }

  @AfterEach
  void restore() {
    TaskOutputCapture.end();
    TaskOutputCapture.uninstall();
    System.setOut(OUT);
    System.setErr(ERR);
  }

  private void begin() {
    TaskOutputCapture.begin(this::take);
  }

  private void take(String line, boolean stderr) {
    (stderr ? err : out).add(line);
  }

  @Test
  void linesOfBothStreamsReachTheTaskInOrder() {
    begin();
    System.out.println("one");
    System.err.println("oops");
    System.out.print("tw");
    System.out.print("o\nthree\n");
    System.out.printf("%d%n", 4);
    TaskOutputCapture.end();
    assertEquals(List.of("one", "two", "three", "4"), out);
    assertEquals(List.of("oops"), err);
    assertEquals("", log.toString());
  }

  @Test
  void aLineIsThereAsSoonAsItEnds() {
    begin();
    System.out.print("not yet");
    assertEquals(List.of(), out);
    System.out.println();
    assertEquals(List.of("not yet"), out);
  }

  @Test
  void theEndSendsWhatHasNoLineEnd() {
    begin();
    System.out.print("half");
    System.err.print("a half");
    TaskOutputCapture.end();
    TaskOutputCapture.end();
    assertEquals(List.of("half"), out);
    assertEquals(List.of("a half"), err);
  }

  @Test
  void emptyLinesAndWindowsLineEndsAreLines() {
    begin();
    System.out.print("\na\r\n\n");
    TaskOutputCapture.end();
    assertEquals(List.of("", "a", ""), out);
  }

  @Test
  void ofALineThatRewritesItselfTheLastIsKept() {
    begin();
    System.out.print("10%\r");
    System.out.print("20%\r30%");
    System.out.print("\rdone\r\n");
    System.out.print("1\r2");
    TaskOutputCapture.end();
    assertEquals(List.of("done", "2"), out);
  }

  @Test
  @Timeout(60)
  void aLineThatDoesNotEndIsSentAfterAWhile() throws Exception {
    BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    TaskOutputCapture.begin((line, _) -> sent.add(line));
    System.out.print("asking");
    System.out.print(" ...");
    assertEquals("asking ...", sent.take());
    System.out.println(" answered");
    assertEquals(" answered", sent.take());
    System.out.print("50%\r60%");
    System.out.println("\r100%");
    assertEquals("100%", sent.take());
  }

  @Test
  void outsideTasksThePrintedGoesToTheLog() {
    System.out.println("before");
    begin();
    System.out.println("in");
    TaskOutputCapture.end();
    System.out.println("after");
    System.err.println("after err");
    assertEquals(List.of("in"), out);
    assertEquals("before\nafter\n", log.toString());
    assertEquals("after err\n", errLog.toString());
  }

  @Test
  void anyScriptComesThrough() {
    begin();
    System.out.println("žluťoučký 日本語 👩‍👩‍👧 😀");
    System.out.print("😀");
    TaskOutputCapture.end();
    assertEquals(List.of("žluťoučký 日本語 👩‍👩‍👧 😀", "😀"), out);
  }

  @Test
  void bytesOfACharacterMayComeOneByOne() {
    begin();
    for (byte b : "é😀\n".getBytes(StandardCharsets.UTF_8)) {
      System.out.write(b);
    }
    assertEquals(List.of("é😀"), out);
  }

  @Test
  void aHugeLineComesInPiecesThatCutNoCharacter() {
    String huge = "x" + "😀".repeat(100_000);
    begin();
    System.out.println(huge);
    TaskOutputCapture.end();
    assertTrue(out.size() > 1);
    assertEquals(huge, String.join("", out));
    for (String piece : out) {
      assertTrue(piece.getBytes(StandardCharsets.UTF_8).length <= LineCutter.PIECE_MAX + 3);
    }
  }

  @Test
  void aHugeLineWrittenByteByByteCutsNoCharacter() {
    String huge = "xy" + "日".repeat(50_000);
    begin();
    for (byte b : huge.getBytes(StandardCharsets.UTF_8)) {
      System.out.write(b);
    }
    TaskOutputCapture.end();
    assertEquals(huge, String.join("", out));
  }

  @Test
  void threadsThatTheTaskStartedPrintForIt() throws Exception {
    begin();
    Thread platform = Thread.ofPlatform().start(() -> System.out.println("platform"));
    platform.join();
    Thread virtual = Thread.ofVirtual().start(() -> System.out.println("virtual"));
    virtual.join();
    try (var pool = Executors.newFixedThreadPool(2)) {
      pool.submit(() -> System.out.println("pool")).get();
    }
    TaskOutputCapture.end();
    assertEquals(List.of("platform", "virtual", "pool"), out);
  }

  @Test
  void manyThreadsLoseNothingAndMixNoLines() {
    begin();
    IntStream.range(0, 20_000).parallel().forEach(i -> System.out.println("line " + i));
    TaskOutputCapture.end();
    assertEquals(20_000, out.size());
    assertEquals(
        IntStream.range(0, 20_000).mapToObj(i -> "line " + i).sorted().toList(),
        out.stream().sorted().toList());
  }

  @Test
  void aPoolKeptFromAnEarlierTaskPrintsForTheOneThatRuns() throws Exception {
    begin();
    try (var kept = Executors.newSingleThreadExecutor()) {
      kept.submit(() -> System.out.println("first")).get();
      TaskOutputCapture.end();
      List<String> second = Collections.synchronizedList(new ArrayList<>());
      TaskOutputCapture.begin((line, _) -> second.add(line));
      kept.submit(() -> System.out.println("second")).get();
      TaskOutputCapture.end();
      assertEquals(List.of("first"), out);
      assertEquals(List.of("second"), second);
      kept.submit(() -> System.out.println("late")).get();
      assertEquals("late\n", log.toString());
    }
  }

  @Test
  void aTaskThatReplacesTheStreamsSpoilsNothingForTheNext() {
    begin();
    PrintStream captured = System.out;
    System.setOut(new PrintStream(new ByteArrayOutputStream()));
    System.out.println("swallowed by the task itself");
    TaskOutputCapture.end();
    begin();
    assertSame(captured, System.out);
    System.out.println("next");
    TaskOutputCapture.end();
    assertEquals(List.of("next"), out);
  }

  @Test
  void aSinkThatFailsDoesNotReachTheTask() {
    TaskOutputCapture.begin((_, _) -> {
      throw new IllegalStateException("no connection");
    });
    System.out.println("kept");
    TaskOutputCapture.end();
    assertEquals("kept\n", log.toString());
  }

  @Test
  void aThreadStillPrintingAtTheEndLosesNoLine() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    begin();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 5_000; i++) {
                System.out.println(i);
                started.countDown();
              }
            });
    started.await();
    TaskOutputCapture.end();
    writer.join();
    List<String> all = new ArrayList<>(out);
    log.toString().lines().forEach(all::add);
    assertEquals(IntStream.range(0, 5_000).mapToObj(Integer::toString).toList(), all);
  }
}
