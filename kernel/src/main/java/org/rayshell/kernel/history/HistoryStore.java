package org.rayshell.kernel.history;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.session.History.Entry;
import org.sqlite.JDBC;

/**
 * A session in the file: sessions are numbered on, each has its cells by line. Kernels share the
 * file: readers do not wait, writers for each other. Not thread-safe.
 */
final class HistoryStore implements AutoCloseable {
  // A column more is a version more: a kernel does not touch what a newer one has made.
  private static final int VERSION = 1;
  private static final int BUSY_MILLIS = 2_000;
  private static final String ROWS = "SELECT session, line, input, output FROM history ";

  private final Connection connection;
  private final long session;
  private final PreparedStatement insert;

  private HistoryStore(Connection connection) throws SQLException {
    this.connection = connection;
    prepare();
    session = begin();
    insert = connection.prepareStatement("INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)");
  }

  /**
   * Opens the file for a new session.
   *
   * @throws IOException if the file cannot be made, or SQLite cannot be loaded
   * @throws SQLException if it is no such file, or cannot be written
   */
  static HistoryStore open(Path file) throws IOException, SQLException {
    create(file);
    SqliteLibrary.load();
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    properties.setProperty("journal_mode", "WAL");
    // A power cut may cost the last cells, never the file.
    properties.setProperty("synchronous", "NORMAL");
    // As a URI no character of the path means anything else.
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + file.toUri(), properties);
    try {
      return new HistoryStore(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What people run is nobody else's business. */
  private static void create(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(file.getParent());
      return;
    }
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // Another kernel has made it.
    }
  }

  private void prepare() throws SQLException {
    transaction(() -> {
      try (Statement statement = connection.createStatement()) {
        int version;
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
          version = row.next() ? row.getInt(1) : 0;
        }
        if (version > VERSION) {
          throw new SQLException("a newer kernel has made it: user_version=" + version);
        }
        if (version == VERSION) {
          return;
        }
        statement.executeUpdate(
            "CREATE TABLE sessions (session INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " started TEXT NOT NULL, ended TEXT, cells INTEGER)");
        statement.executeUpdate(
            "CREATE TABLE history (session INTEGER NOT NULL, line INTEGER NOT NULL,"
                + " input TEXT NOT NULL, output TEXT, PRIMARY KEY (session, line)) WITHOUT ROWID");
        statement.executeUpdate("PRAGMA user_version = " + VERSION);
      }
    });
  }

  private long begin() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sessions (started) VALUES (?) RETURNING session")) {
      statement.setString(1, Instant.now().toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Work on the file. */
  interface Work {
    void run() throws SQLException;
  }

  /** Does all of it or nothing; waits for other kernels that write. */
  void transaction(Work work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      work.run();
      execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      try {
        execute("ROLLBACK");
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void add(int line, String input, String output) throws SQLException {
    insert.setLong(1, session);
    insert.setInt(2, line);
    insert.setString(3, input);
    insert.setString(4, output);
    insert.executeUpdate();
  }

  List<Entry> range(int asked, int start, int stop) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            ROWS + "WHERE session = ? AND line >= ? AND line < ? ORDER BY line")) {
      statement.setLong(1, asked <= 0 ? session + asked : asked);
      statement.setInt(2, start);
      statement.setInt(3, stop);
      return entries(statement, Integer.MAX_VALUE, false);
    }
  }

  List<Entry> tail(int n) throws SQLException {
    return search("*", n, false);
  }

  List<Entry> search(String pattern, int n, boolean unique) throws SQLException {
    // The own session's come last, whichever number it has.
    try (PreparedStatement statement =
        connection.prepareStatement(
            ROWS
                + "WHERE input GLOB ? ORDER BY session = ? DESC, session DESC, line DESC"
                + (unique ? "" : " LIMIT ?"))) {
      // Only * and ? mean something to the protocol.
      statement.setString(1, pattern.replace("[", "[[]"));
      statement.setLong(2, session);
      if (!unique) {
        statement.setInt(3, Math.max(n, 0));
      }
      return entries(statement, Math.max(n, 0), unique).reversed();
    }
  }

  private static List<Entry> entries(PreparedStatement statement, int most, boolean unique)
      throws SQLException {
    List<Entry> entries = new ArrayList<>();
    Set<String> inputs = new HashSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (entries.size() < most && row.next()) {
        String input = row.getString(3);
        if (!unique || inputs.add(input)) {
          entries.add(new Entry(row.getInt(1), row.getInt(2), input, row.getString(4)));
        }
      }
    }
    return entries;
  }

  /** The session has ended. */
  void end() {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE sessions SET ended = ?, cells = (SELECT count(*) FROM history"
                + " WHERE session = sessions.session) WHERE session = ?")) {
      statement.setString(1, Instant.now().toString());
      statement.setLong(2, session);
      statement.executeUpdate();
    } catch (SQLException e) {
      Log.log().warn("the end of the session is not in the history: {}", e.toString());
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      Log.log().warn("the history did not close well: {}", e.toString());
    }
  }
}
