package org.rayshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.session.Engine;

class CompletenessCheckTest {
  @AutoClose private final Cells cells = new Cells();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          1 + 1                     ~ complete   ~ ''
          int x = 5                 ~ complete   ~ ''
          ''                        ~ complete   ~ ''
          // comment                ~ complete   ~ ''
          int a = 1; if (a > 0) {   ~ incomplete ~ '    '
          foo(                      ~ incomplete ~ '    '
          /* open                   ~ incomplete ~ ''
          @Remote                   ~ incomplete ~ ''
          int a; @Remote(numCpus=2) ~ incomplete ~ ''
          int x = ;                 ~ invalid    ~ ''
          }                         ~ invalid    ~ ''
          class A {} }              ~ invalid    ~ ''
          package a.b;              ~ invalid    ~ ''
          """)
  void tellsWhetherCodeIsWhole(String code, String status, String indent) {
    assertEquals(
        new Engine.Completeness(status, indent),
        new CompletenessCheck(cells.evaluator()).check(code));
  }

  @Test
  void theIndentIsThatOfTheLastLine() {
    assertEquals(
        "    ", new CompletenessCheck(cells.evaluator()).check("class A {\n    int x;\n").indent());
  }
}
