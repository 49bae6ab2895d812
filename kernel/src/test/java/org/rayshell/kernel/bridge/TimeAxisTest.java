package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TimeAxisTest {
  private static List<String> ticks(double nanos) {
    String html = new TimeAxis(nanos).html();
    AllowList.check(html);
    return Pattern.compile("\">([^<]+) </span>")
        .matcher(html)
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }

  @Test
  void ticksAreRoundTimesInOneUnit() {
    assertEquals(List.of("0 s", "1 s", "2 s", "3 s"), ticks(3.91e9));
    assertEquals(List.of("0 s", "0.5 s", "1 s", "1.5 s"), ticks(1.8e9));
    assertEquals(List.of("0 ms", "20 ms", "40 ms", "60 ms"), ticks(75e6));
    assertEquals(List.of("0 μs", "2 μs", "4 μs", "6 μs", "8 μs"), ticks(9_000));
    assertEquals(List.of("0 s", "200 s", "400 s"), ticks(600e9));
  }

  @Test
  void aTickAtTheEndIsNotCutOff() {
    String html = new TimeAxis(3.06e9).html();
    assertTrue(html.contains("position:absolute;right:0\">3 s"), html);
    assertTrue(html.contains("position:absolute;left:0"), html);
    assertFalse(new TimeAxis(3.9e9).html().contains("right:0"));
  }
}
