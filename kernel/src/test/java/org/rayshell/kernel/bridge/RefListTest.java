package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;

/** What counts as refs, and its plain text to the letter. */
class RefListTest {
  private final ObjectRef<Object> a = FakeView.newRef(1);
  private final ObjectRef<Object> b = FakeView.newRef(2);
  private final ObjectRef<Object> c = FakeView.newRef(3);

  private static String text(Object value) {
    return RefList.of(value).orElseThrow().text();
  }

  private static List<String> keys(Object value) {
    return RefList.of(value).orElseThrow().keys();
  }

  private static List<ObjectRef<Object>> refs(int count) {
    return IntStream.range(0, count).mapToObj(FakeView::newRef).toList();
  }

  @Test
  void aRefIsWrittenInFull() {
    assertEquals("ObjectRef(abcd000000000001ffffffffffffffffffffffff0100000001000000)", text(a));
  }

  @Test
  void twoAreOnALineAndMoreOnOneEach() {
    assertEquals("[" + a + ", " + b + "]", text(List.of(a, b)));
    assertEquals("[" + a + ",\n " + b + ",\n " + c + "]", text(new ObjectRef<?>[] {a, b, c}));
    assertEquals(100, text(refs(100)).lines().count());
  }

  @Test
  void ofMoreThanAHundredTheFirstFiftyAreWritten() {
    String text = text(refs(350));
    assertEquals(51, text.lines().count());
    assertTrue(text.endsWith(",\n ... 300 more]"), text);
    assertTrue(text.chars().allMatch(each -> each < 128), "a console may have ASCII only");
  }

  @Test
  void mapsHaveTheirKeys() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", a);
    map.put("b", b);
    assertEquals("{a=" + a + ", b=" + b + "}", text(map));
    assertEquals(List.of("a", "b"), keys(map));
  }

  @Test
  void nestedOnesAreFoundWhereverTheyAre() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("left", List.of(a, b));
    map.put("none", List.of());
    map.put("right", Map.of("x", c));
    assertEquals(List.of("left[0]", "left[1]", "right.x"), keys(map));
    assertEquals("{left=[" + a + ",\n " + b + "],\n none=[],\n right={x=" + c + "}}", text(map));
    assertEquals(List.of("0[0]", "1[0]", "1[1]"), keys(List.of(List.of(a), List.of(b, c))));
    assertEquals(List.of("0[0]", "0[1]"), keys(new Object[] {new ObjectRef<?>[] {a, b}}));
  }

  @Test
  void whatWaitFoundSaysWhichIsWhich() {
    WaitResult<Object> found = new WaitResult<>(List.of(a), List.of(b, c));
    assertEquals("WaitResult[ready=[" + a + "],\n unready=[" + b + ", " + c + "]]", text(found));
    assertEquals(
        "WaitResult[ready=[" + a + "], unready=[" + b + "]]",
        text(new WaitResult<>(List.of(a), List.of(b))));
    assertEquals(List.of("ready 0", "unready 0", "unready 1"), keys(found));
    assertTrue(RefList.of(new WaitResult<>(List.of(), List.of())).isEmpty());
  }

  @Test
  void emptyAndMixedOnesAreNone() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    for (Object each :
        Arrays.asList(
            null,
            "x",
            List.of(),
            Map.of(),
            List.of(List.of(), List.of()),
            new Object[0],
            List.of(a, 1),
            List.of(List.of(a), "x"),
            Arrays.asList(a, null),
            Map.of("a", a, "b", 1),
            new TreeSet<>(List.of(1, 2)),
            endless)) {
      assertTrue(RefList.of(each).isEmpty(), () -> String.valueOf(each));
    }
  }

  @Test
  void theSameRefsUnderTheSameNamesHaveTheSameDisplay() {
    String id = RefList.of(List.of(a, b)).orElseThrow().displayId();
    assertTrue(id.matches("ray-[0-9a-f]{20}"), id);
    assertEquals(id, RefList.of(new ObjectRef<?>[] {a, b}).orElseThrow().displayId());
    for (Object other :
        List.of(
            List.of(b, a),
            List.of(a),
            Map.of("a", a),
            Map.of("b", a),
            a,
            new WaitResult<>(List.of(a), List.of(b)))) {
      assertNotEquals(id, RefList.of(other).orElseThrow().displayId(), () -> other.toString());
    }
    assertNotEquals(
        RefList.of(Map.of("a", a)).orElseThrow().displayId(),
        RefList.of(Map.of("b", a)).orElseThrow().displayId());
  }
}
