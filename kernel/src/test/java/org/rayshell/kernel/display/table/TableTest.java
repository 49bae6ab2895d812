package org.rayshell.kernel.display.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.session.MimeBundle;

class TableTest {
  record City(String name, Integer people, double area) {}

  record River(String name, double length) {}

  private static final List<City> CITIES =
      List.of(
          new City("Bern", 134_591, 51.62), new City("null", null, 0.5), new City(null, 7, 1_000));

  private static MimeBundle shown(Object value) throws Exception {
    Table table = value instanceof Table given ? given : Table.ofTable(value);
    return table.bundle();
  }

  private static String text(Object value) throws Exception {
    return shown(value).data().get("text/plain").toString();
  }

  private static String html(Object value) throws Exception {
    return shown(value).data().get("text/html").toString();
  }

  private static String checked(Object value) throws Exception {
    return Sanitised.of(html(value));
  }

  @Test
  void recordsAreRowsAndTheirComponentsColumns() throws Exception {
    assertEquals(
        """
        #  name    people     area
        0  Bern    134591    51.62
        1  "null"    null     0.50
        2  null         7  1000.00\
        """,
        text(CITIES));
  }

  @Test
  void numbersAreAlignedRightAndNullsAreNotTheWord() throws Exception {
    String html = checked(CITIES);
    assertTrue(html.matches("(?s).*<td style=\"text-align:right[^>]*>134591<.*"), html);
    assertTrue(html.matches("(?s).*<td style=\"text-align:left[^>]*>Bern<.*"), html);
    assertTrue(
        html.matches("(?s).*<th scope=\"col\" style=\"text-align:right[^>]*><span>people<.*"),
        html);
    assertTrue(html.contains("<span style=\"opacity:.68\">null</span>"), html);
    assertTrue(html.contains(">&quot;null&quot;<"), html);
    assertTrue(html.contains("3 rows × 3 columns"), html);
  }

  @Test
  void recordsOfSeveralKindsHaveTheColumnsOfAll() throws Exception {
    assertEquals(
        """
        #  name  people  area  length
        0  Bern       1   2.0       -
        1  Aare       -     -   291.5\
        """,
        text(new Object[] {new City("Bern", 1, 2), new River("Aare", 291.5)}));
  }

  @Test
  void mapsAreKeysAndValues() throws Exception {
    Map<String, Integer> few = new LinkedHashMap<>(Map.of("a", 1));
    assertEquals("{a=1}", text(few), "as everybody knows it");
    assertTrue(checked(few).contains(">key<"));
    Map<String, Object> many = new LinkedHashMap<>();
    IntStream.range(0, 11).forEach(i -> many.put("k" + i, i));
    assertTrue(text(many).startsWith("key  value\nk0       0\n"), text(many));
    Map<String, River> rivers = Map.of("r", new River("Aare", 291.5));
    assertTrue(html(rivers).contains(">length<"), html(rivers));
    assertNull(Table.ofTable(Map.of()));
  }

  @Test
  void collectionsOfMapsHaveTheKeysOfAll() throws Exception {
    assertEquals(
        """
        #  a  b
        0  1  -
        1  2  x\
        """,
        text(List.of(Map.of("a", 1), new java.util.TreeMap<>(Map.of("a", 2, "b", "x")))));
  }

  @Test
  void arraysOfArraysAreTables() throws Exception {
    int[][] ragged = {{1, 2}, null, {3}};
    assertEquals("[[1, 2], null, [3]]", text(ragged));
    assertTrue(checked(ragged).contains("3 rows × 2 columns"));
    double[][] wide = new double[12][30];
    assertTrue(checked(wide).contains("… 10 more columns"));
    assertTrue(text(wide).startsWith(" #    0    1    2"), text(wide));
    assertTrue(
        text(List.of(new int[] {1, 2})).endsWith("0  1  2"), text(List.of(new int[] {1, 2})));
  }

  @Test
  void otherValuesAreNoTables() throws Exception {
    assertNull(Table.ofTable(List.of(1, 2)));
    assertNull(Table.ofTable(List.of(new River("Aare", 1), "text")));
    assertNull(Table.ofTable(new int[] {1}));
    assertNull(Table.ofTable(Arrays.asList(null, null)));
    assertNull(Table.ofTable(new River("Aare", 1)));
    assertNull(Table.ofTable(new Object()));
  }

  @Test
  void longTablesAreCutAndSayHowMuch() throws Exception {
    List<River> rivers = IntStream.range(0, 5_000).mapToObj(i -> new River("r" + i, i)).toList();
    String html = checked(rivers);
    assertTrue(html.contains("80 more rows</summary>"), html);
    assertTrue(html.contains("… 4,900 more rows"), html);
    assertTrue(html.contains("5,000 rows × 2 columns"), html);
    assertTrue(text(rivers).endsWith("19  r19     19.0\n... 4,980 more rows"), text(rivers));
    String more = html(Table.of(rivers).limit(200));
    assertFalse(more.contains("<details>"), "what was asked for is seen at once");
    assertTrue(more.contains(">r199<") && more.contains("… 4,800 more rows"), more);
    assertTrue(text(Table.of(rivers).skip(4_999)).contains("4999  r4999  4999.0"));
  }

  @Test
  void wideTablesHaveFewerRows() throws Exception {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int j = 0; j < 18; j++) {
        row.put("column " + j, "a value of thirty characters!!");
      }
      rows.add(row);
    }
    String html = checked(rows);
    assertTrue(html.matches("(?s).*… \\d+ more rows.*"), html);
    assertTrue(text(rows).contains("more columns\n... 80 more rows"), text(rows));
  }

  @Test
  void longValuesAreShortenedWithTheirLength() throws Exception {
    record Any(Object value) {}
    String html =
        checked(
            List.of(
                new Any("x".repeat(1_234)),
                new Any(IntStream.range(0, 5_000).boxed().toList()),
                new Any(new byte[64]),
                new Any("two\nlines <b>&"),
                new Any(" "),
                new Any(List.of("short"))));
    assertTrue(html.contains("x… (1,234 characters)"), html);
    assertTrue(html.contains("[0, 1, 2, ") && html.contains("… (5,000 elements)"), html);
    assertTrue(html.contains("byte[64]"), html);
    assertTrue(html.contains("two\\nlines &lt;b&gt;&amp;"), html);
    assertTrue(html.contains(">&quot; &quot;<") && html.contains(">[short]<"), html);
    assertTrue(text(Table.of(List.of("y".repeat(50))).chars(60)).contains("y".repeat(50)));
  }

  @Test
  void aValueThatFailsLosesNoOther() throws Exception {
    record Odd(int n) {
      Odd {
        assertTrue(n < 10);
      }

      @Override
      public int n() {
        throw new IllegalStateException("no");
      }
    }
    Object bad =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException();
          }
        };
    assertTrue(text(List.of(new Odd(1))).endsWith("(failed: IllegalStateException)"));
    assertTrue(
        text(List.of(Map.of("bad", bad))).endsWith("(failed: UnsupportedOperationException)"));
  }

  @Test
  void sortsByAColumn() throws Exception {
    Table byPeople = Table.of(CITIES).sortBy("people").columns("people");
    assertEquals("#  people\n2       7\n0  134591\n1    null", text(byPeople));
    Table byArea = Table.of(CITIES).sortByDescending("area").columns("area").limit(2);
    assertEquals(
        "#     area\n2  1000.00\n0    51.62\n... 1 more row",
        text(byArea).replace("      area", "#  area"));
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> Table.of(CITIES).sortBy("nam").bundle());
    assertEquals("there is no column nam; there are name, people, area", unknown.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Table.of(CITIES).limit(0));
  }

  @Test
  void headingsCarryTheOrderByTheirColumn() throws Exception {
    String html = html(CITIES);
    assertTrue(html.contains("<th data-order=\"0 1 2;\""), "their numbers: " + html);
    assertTrue(html.matches("(?s).*data-order=\"0 1;2\"[^>]*><span[^>]*>name<.*"), html);
    assertTrue(html.matches("(?s).*data-order=\"2 0;1\"[^>]*><span[^>]*>people<.*"), html);
    assertTrue(html.matches("(?s).*data-order=\"1 0 2;\"[^>]*><span[^>]*>area<.*"), html);
    String down = html(Table.of(CITIES).sortByDescending("area"));
    assertTrue(
        down.matches("(?s).*data-order=\"1 2 0;\"[^>]*><span[^>]*>#<.*"), "as they stand: " + down);
    // What cannot be compared is sorted by its text, or not at all.
    String texts = html(List.of(new Object[] {List.of("b")}, new Object[] {List.of("a")}));
    assertTrue(texts.matches("(?s).*data-order=\"1 0;\"[^>]*><span[^>]*>0<.*"), texts);
    record Odd() implements Comparable<Odd> {
      @Override
      public int compareTo(Odd other) {
        throw new IllegalStateException("no");
      }
    }
    String none = html(List.of(Map.of("a", new Odd()), Map.of("a", new Odd())));
    assertTrue(none.matches("(?s).*<th scope[^>]*>a<.*"), none);
    String one = html(List.of(CITIES.get(0)));
    assertFalse(one.contains("onclick") || one.contains("button"), "one row has one order");
  }

  @Test
  void aTableThatIsCutSaysWhatAClickSorts() throws Exception {
    List<River> rivers = IntStream.range(0, 5_000).mapToObj(i -> new River("r" + i, i)).toList();
    assertTrue(html(rivers).contains("data-part=\"Only the rows that are shown are sorted"));
    assertFalse(html(rivers.subList(0, 100)).contains("data-part"));
  }

  @Test
  void anythingWithElementsCanBeMadeATable() throws Exception {
    class Bean {
      private final String hidden = "h";
      private final int seen = 2;
      String open = "o";

      public int getSeen() {
        return seen;
      }

      @Override
      public String toString() {
        return hidden;
      }
    }
    assertEquals("#  seen  open\n0     2  o", text(Table.of(List.of(new Bean()))));
    assertEquals("#  value\n0      1\n1      2", text(Table.of(new int[] {1, 2})));
    assertEquals("#  0  1\n0  a  b", text(Table.of(List.of(List.of("a", "b")))));
    assertEquals("value\na", text(Table.of(Set.of("a"))));
    assertTrue(html(Table.of(List.of())).contains("0 rows"), "nothing to see");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Table.of("text"))
            .getMessage()
            .contains("java.lang.String"));
  }
}
