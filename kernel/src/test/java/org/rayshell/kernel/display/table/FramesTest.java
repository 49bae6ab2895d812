package org.rayshell.kernel.display.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.dflib.DataFrame;
import org.junit.jupiter.api.Test;
import tech.tablesaw.table.Relation;

/** Tables that come from elsewhere: queries and the frames of libraries. */
class FramesTest {
  private static String html(Object value) throws Exception {
    return Sanitised.of(Table.ofTable(value).bundle().data().get("text/html").toString());
  }

  private static String text(Object value) throws Exception {
    return Table.ofTable(value).bundle().data().get("text/plain").toString();
  }

  @Test
  void aResultSetIsReadNoFurtherThanItIsShown() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      String numbers =
          "with recursive n(id) as (select 1 union all select id + 1 from n where id < 250) ";
      ResultSet results =
          statement.executeQuery(numbers + "select id, 'x' || id as label, null as none from n");
      String first = html(results);
      assertTrue(first.contains(">label<") && first.contains(">x100<"), first);
      assertFalse(first.contains(">x101<"), first);
      assertTrue(first.contains("the rest was not read") && first.contains("100 rows read"), first);
      assertTrue(results.next());
      assertEquals(101, results.getInt("id"), "the next row is still there");
      String rest = text(results);
      assertTrue(rest.contains("x102\n") || rest.contains("x102 "), rest);
      assertTrue(rest.contains("x201 ") && rest.endsWith("... the rest was not read"), rest);
      assertThrows(IllegalArgumentException.class, () -> Table.of(results).sortBy("id").bundle());
      String last = Table.of(results).limit(300).bundle().data().get("text/html").toString();
      assertTrue(last.contains(">x250<") && last.contains("49 rows × 3 columns"), last);
    }
  }

  @Test
  void framesOfDflibAreTables() throws Exception {
    DataFrame frame = DataFrame.foldByRow("name", "n").of("a", 1, "b", null, null, 30);
    assertEquals(
        """
        #  name     n
        0  a        1
        1  b     null
        2  null    30\
        """,
        text(frame));
    assertTrue(html(frame).contains("3 rows × 2 columns"));
  }

  @Test
  void tablesOfTablesawAreTables() throws Exception {
    Relation table =
        new Relation() {
          @Override
          public List<String> columnNames() {
            return List.of("n");
          }

          @Override
          public Column column(int index) {
            return new Column() {
              @Override
              public Object get(int row) {
                return row == 1 ? Integer.MIN_VALUE : row;
              }

              @Override
              public boolean isMissing(int row) {
                return row == 1;
              }
            };
          }

          @Override
          public int rowCount() {
            return 3;
          }
        };
    assertEquals("#     n\n0     0\n1  null\n2     2", text(table));
  }
}
