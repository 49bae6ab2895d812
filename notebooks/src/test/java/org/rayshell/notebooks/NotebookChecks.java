package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What the cells of an executed notebook have to show, each check a test of its own. A subclass
 * says so for one notebook. Confined to one thread.
 */
abstract class NotebookChecks {
  /** The notebooks of the clone, by name. */
  static final List<String> NOTEBOOKS = List.of("tour", "remote-objects", "patterns", "plain-java");

  static final String REF = "ObjectRef\\([0-9a-f]{56}\\)";

  private final Notebook notebook;
  private final List<DynamicTest> tests = new ArrayList<>();

  NotebookChecks(Notebook notebook) {
    this.notebook = notebook;
  }

  /** A check of what one cell shows. */
  interface Check {
    void of(Notebook.Cell cell);
  }

  /** The checks of the notebook of that name. */
  static Stream<DynamicTest> of(String name, Notebook executed) {
    NotebookChecks checks =
        switch (name) {
          case "tour" -> new TourChecks(executed);
          case "remote-objects" -> new RemoteObjectsChecks(executed);
          case "patterns" -> new PatternsChecks(executed);
          case "plain-java" -> new PlainJavaChecks(executed);
          default -> throw new IllegalArgumentException("no checks for notebook=" + name);
        };
    return checks.all();
  }

  private Stream<DynamicTest> all() {
    for (Notebook.Cell cell : notebook.code()) {
      if (!cell.mayFail()) {
        tests.add(dynamicTest(cell.id() + " runs", () -> assertFalse(cell.failed(), cell::shows)));
      }
    }
    checks();
    return tests.stream();
  }

  /** Adds the checks of this notebook. */
  abstract void checks();

  final void check(String id, Check check) {
    Notebook.Cell cell = notebook.cell(id);
    tests.add(dynamicTest(id, () -> check.of(cell)));
  }

  /** The last thing shown is like the pattern. */
  final void result(String id, String pattern) {
    check(id, cell -> result(cell, pattern));
  }

  /** The lines printed are like the pattern. */
  final void prints(String id, String pattern) {
    check(id, cell -> matches(pattern, cell.printed("stdout")));
  }

  /** What is shown or printed has that somewhere. */
  final void shows(String id, String pattern) {
    check(id, cell -> finds(pattern, cell.shows()));
  }

  /** The cell fails, and says that. */
  final void fails(String id, String pattern) {
    check(
        id,
        cell -> {
          assertTrue(cell.mayFail(), () -> id + " has no tag " + Notebook.Cell.FAILS);
          assertTrue(cell.failed(), cell::shows);
          finds(pattern, cell.shows());
        });
  }

  /** The cell has a report of {@code %%ray} on so many tasks. */
  final void report(String id, int tasks) {
    check(
        id,
        cell -> {
          finds("(?m)^" + tasks + " tasks? on \\d+ workers? in ", cell.shows());
          String html = String.join("\n", cell.shown("text/html"));
          assertTrue(html.contains("Workers") && html.contains("Speed-up"), html);
        });
  }

  /** By how much the report says that the cell was faster than its tasks one by one. */
  static double speedUp(Notebook.Cell cell) {
    Matcher figure = Pattern.compile("Speed-up +(?:about )?([0-9.]+) ×").matcher(cell.shows());
    assertTrue(figure.find(), cell::shows);
    return Double.parseDouble(figure.group(1));
  }

  static void result(Notebook.Cell cell, String pattern) {
    assertFalse(cell.shown("text/plain").isEmpty(), cell::toString);
    matches(pattern, cell.shown("text/plain").getLast());
  }

  static void matches(String pattern, String text) {
    assertTrue(Pattern.matches(pattern, text), () -> text + " is not " + pattern);
  }

  static void finds(String pattern, String text) {
    assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> text + " has no " + pattern);
  }

  static void quiet(Notebook.Cell cell) {
    assertEquals("", cell.printed("stderr"));
  }
}
