package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/** What each cell of the tour has to show. */
final class TourChecks extends NotebookChecks {
  /** How long each of the tour's slow functions sleeps. */
  private static final double SLEEP_SECONDS = 10;

  TourChecks(Notebook tour) {
    super(tour);
  }

  @Override
  void checks() {
    check("init", this::resources);
    result("plain-call", "42");
    for (String definition : List.of("plain", "remote", "slow", "nap", "primes")) {
      check(definition, NotebookChecks::quiet);
    }
    check(
        "remote-call",
        cell -> {
          result(cell, REF);
          submits(cell);
        });
    check(
        "get",
        cell -> {
          result(cell, "42");
          submits(cell);
        });
    check(
        "loop",
        cell -> {
          assertTrue(cell.printed("stdout").startsWith("0\n1\n2\n3\n"), cell::toString);
          submits(cell);
          table(cell);
        });
    for (String submit : List.of("loop-again", "stream", "stream-again")) {
      check(
          submit,
          cell -> {
            submits(cell);
            table(cell);
          });
    }
    for (String get : List.of("loop-get", "loop-get-again")) {
      check(
          get,
          cell -> {
            matches("(\\d\n){4}CPU times(?s:.*)", cell.printed("stdout"));
            waits(cell);
          });
    }
    for (String get : List.of("stream-get", "stream-get-again")) {
      check(
          get,
          cell -> {
            result(cell, "\\[\\d, \\d, \\d, \\d\\]");
            waits(cell);
          });
    }
    for (String report : List.of("ray-loop", "ray-stream", "ray-trap")) {
      report(report, 4);
    }
    report("ray-primes", 8);
    result("ray-primes", "148933");
    check("ray-last", cell -> assertFalse(cell.outputs().isEmpty()));
  }

  private void resources(Notebook.Cell cell) {
    result(
        cell,
        "\\{CPU=\\d+\\.0, memory=\\d+\\.0, node:127\\.0\\.0\\.1=1\\.0,"
            + " object_store_memory=\\d+\\.0\\}");
    String html = String.join("", cell.shown("text/html"));
    assertTrue(html.contains("CPU") && html.contains("GB"), html);
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
}
