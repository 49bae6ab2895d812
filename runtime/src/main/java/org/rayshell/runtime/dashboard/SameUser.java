package org.rayshell.runtime.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells whether the other end of a loopback connection belongs to our own user, or to a certain
 * process, by the kernel's socket tables in {@code /proc/net}. Whatever is not certain counts as
 * no. Thread-safe.
 */
final class SameUser {
  /** Reads the lines of a file; tests put their own in place. */
  @FunctionalInterface
  interface Reader {
    List<String> lines(String file) throws IOException;
  }

  /** What a user id outside our user namespace is shown as, so it tells nobody apart. */
  private static final long OVERFLOW_UID = 65534;

  private static final String ESTABLISHED = "01";
  private static final List<String> TABLES = List.of("/proc/net/tcp", "/proc/net/tcp6");

  private final Reader reader;

  SameUser() {
    this(file -> Files.readAllLines(Path.of(file)));
  }

  SameUser(Reader reader) {
    this.reader = reader;
  }

  /** Whether this machine can tell at all. */
  boolean isPossible() {
    try {
      return !reader.lines(TABLES.getFirst()).isEmpty() && ownUid().isPresent();
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Whether the peer's socket is one of ours.
   *
   * @param peer the peer's end
   * @param local our end
   */
  boolean isOurs(InetSocketAddress peer, InetSocketAddress local) {
    try {
      OptionalLong own = ownUid();
      Optional<Row> row = row(peer, local);
      return own.isPresent() && row.isPresent() && own.getAsLong() == row.get().uid;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Whether the peer's socket is held by that process.
   *
   * @param peer the peer's end
   * @param local our end
   */
  boolean isOf(long pid, InetSocketAddress peer, InetSocketAddress local) {
    Path held = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(held)) {
      Optional<Row> row = row(peer, local);
      if (row.isPresent()) {
        Path socket = Path.of("socket:[" + row.get().inode + "]");
        for (Path file : files) {
          if (leadsTo(file, socket)) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException _) {
      return false;
    }
  }

  private static boolean leadsTo(Path file, Path socket) {
    try {
      return Files.readSymbolicLink(file).equals(socket);
    } catch (IOException _) {
      return false; // closed meanwhile
    }
  }

  /** The user that our sockets are made as; empty if it could stand for several. */
  private OptionalLong ownUid() throws IOException {
    for (String line : reader.lines("/proc/self/status")) {
      if (line.startsWith("Uid:")) {
        String[] uids = line.substring(4).strip().split("\\s+");
        long uid = Long.parseLong(uids[uids.length - 1]);
        return uid == OVERFLOW_UID ? OptionalLong.empty() : OptionalLong.of(uid);
      }
    }
    return OptionalLong.empty();
  }

  /** A socket in the table: whose it is, and its number. */
  private record Row(long uid, String inode) {}

  private Optional<Row> row(InetSocketAddress peer, InetSocketAddress local) throws IOException {
    Optional<Row> row = look(peer, local);
    // The kernel hands the table out in pieces while it changes, so a row can be missed once.
    return row.isPresent() ? row : look(peer, local);
  }

  private Optional<Row> look(InetSocketAddress peer, InetSocketAddress local) throws IOException {
    for (String table : TABLES) {
      List<String> lines;
      try {
        lines = reader.lines(table);
      } catch (IOException e) {
        if (table.endsWith("6")) {
          continue; // a machine without IPv6
        }
        throw e;
      }
      for (String line : lines) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9
            && fields[3].equals(ESTABLISHED)
            && matches(fields[1], peer)
            && matches(fields[2], local)) {
          // Inode 0 is a socket that no process holds any more; its uid says nothing.
          return fields[9].equals("0")
              ? Optional.empty()
              : Optional.of(new Row(Long.parseLong(fields[7]), fields[9]));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether {@code 0100007F:2049}, or its IPv6 form, is this address. */
  private static boolean matches(String hex, InetSocketAddress address) {
    int colon = hex.indexOf(':');
    if (colon != 8 && colon != 32
        || Integer.parseInt(hex.substring(colon + 1), 16) != address.getPort()) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
    IntBuffer words = bytes.asIntBuffer();
    for (int i = 0; i < colon; i += 8) {
      words.put(Integer.parseUnsignedInt(hex.substring(i, i + 8), 16));
    }
    try {
      // An IPv4-mapped IPv6 address becomes the IPv4 address here.
      return InetAddress.getByAddress(bytes.array()).equals(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
