package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What each cell of the executed tour has to show. */
final class TourChecks {
  private static final String REF = "ObjectRef\\([0-9a-f]{56}\\)";

  /** How long each of the tour's slow functions sleeps. */
  private static final double SLEEP_SECONDS = 10;

  private final Notebook tour;

  TourChecks(Notebook tour) {
    this.tour = tour;
  }

  /** A check of what one cell shows. */
  private interface Check {
    void of(Notebook.Cell cell);
  }

  Stream<DynamicTest> all() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Notebook.Cell cell : tour.code()) {
      tests.add(
          dynamicTest(
              cell.id() + " runs", () -> assertFalse(cell.failed(), () -> cell.toString())));
    }
    tests.add(check("init", this::resources));
    tests.add(check("plain-call", cell -> result(cell, "42")));
    for (String definition : List.of("plain", "remote", "slow", "nap", "primes")) {
      tests.add(check(definition, cell -> assertEquals("", cell.printed("stderr"))));
    }
    tests.add(
        check(
            "remote-call",
            cell -> {
              result(cell, REF);
              submits(cell);
            }));
    tests.add(
        check(
            "get",
            cell -> {
              result(cell, "42");
              submits(cell);
            }));
    tests.add(
        check(
            "loop",
            cell -> {
              assertTrue(cell.printed("stdout").startsWith("0\n1\n2\n3\n"), cell::toString);
              submits(cell);
              table(cell);
            }));
    for (String submit : List.of("loop-again", "stream", "stream-again")) {
      tests.add(
          check(
              submit,
              cell -> {
                submits(cell);
                table(cell);
              }));
    }
    for (String get : List.of("loop-get", "loop-get-again")) {
      tests.add(
          check(
              get,
              cell -> {
                matches("(\\d\n){4}CPU times(?s:.*)", cell.printed("stdout"));
                waits(cell);
              }));
    }
    for (String get : List.of("stream-get", "stream-get-again")) {
      tests.add(
          check(
              get,
              cell -> {
                result(cell, "\\[\\d, \\d, \\d, \\d\\]");
                waits(cell);
              }));
    }
    for (String report : List.of("ray-loop", "ray-stream", "ray-trap")) {
      tests.add(check(report, cell -> report(cell, 4)));
    }
    tests.add(
        check(
            "ray-primes",
            cell -> {
              report(cell, 8);
              result(cell, "148933");
            }));
    tests.add(check("ray-last", cell -> assertFalse(cell.outputs().isEmpty())));
    return tests.stream();
  }

  private DynamicTest check(String id, Check check) {
    return dynamicTest(id, () -> check.of(tour.cell(id)));
  }

  private void resources(Notebook.Cell cell) {
    result(
        cell,
        "\\{CPU=\\d+\\.0, memory=\\d+\\.0, node:127\\.0\\.0\\.1=1\\.0,"
            + " object_store_memory=\\d+\\.0\\}");
    String html = String.join("", cell.shown("text/html"));
    assertTrue(html.contains("CPU") && html.contains("GB"), html);
  }

  /** The last thing shown. */
  private static void result(Notebook.Cell cell, String pattern) {
    assertFalse(cell.shown("text/plain").isEmpty(), cell::toString);
    matches(pattern, cell.shown("text/plain").getLast());
  }

  private static void matches(String pattern, String text) {
    assertTrue(Pattern.matches(pattern, text), () -> text + " is not " + pattern);
  }

  /** Nothing blocked: it takes no time in terms of the tasks. */
  private static void submits(Notebook.Cell cell) {
    double wall = Times.in(cell.printed("stdout")).wallSeconds();
    assertTrue(wall < SLEEP_SECONDS / 2, () -> "wall time " + wall + " s");
  }

  /** The driver waits for tasks that sleep, and computes next to nothing. */
  private static void waits(Notebook.Cell cell) {
    Times times = Times.in(cell.printed("stdout"));
    assertTrue(times.wallSeconds() > SLEEP_SECONDS / 2, times::toString);
    assertTrue(times.cpuSeconds() < times.wallSeconds() / 2, times::toString);
  }

  /** Four refs, in the end all of them finished. */
  private static void table(Notebook.Cell cell) {
    String plain = cell.shown("text/plain").getLast();
    assertEquals(4, Pattern.compile(REF).matcher(plain).results().count(), plain);
    String html = cell.shown("text/html").getLast();
    assertTrue(html.contains("4 × slowFunction") && html.contains("4 finished"), html);
    assertFalse(html.contains(" running") || html.contains(" queued<"), html);
  }

  private static void report(Notebook.Cell cell, int tasks) {
    String plain = String.join("\n", cell.shown("text/plain"));
    assertTrue(plain.contains(tasks + " tasks on "), plain);
    String html = String.join("\n", cell.shown("text/html"));
    assertTrue(html.contains("Workers") && html.contains("Speed-up"), html);
  }
}
