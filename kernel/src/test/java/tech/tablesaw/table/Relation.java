package tech.tablesaw.table;

import java.util.List;

/** Stands for Tablesaw's, which comes with 25 MB of libraries: its methods that are used. */
public abstract class Relation {
  /** A column, in which a number stands for what is missing. */
  public interface Column {
    Object get(int row);

    boolean isMissing(int row);
  }

  public abstract List<String> columnNames();

  public abstract Column column(int index);

  public abstract int rowCount();
}
