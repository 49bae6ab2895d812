package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.ShortFolders;

class SessionDirectoryTest {
  private static final int NAMES = 60;

  @TempDir(factory = ShortFolders.class)
  Path temp;

  /** A driver that holds a session until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      SessionRoot root = SessionRoot.find(List.of(Path.of(args[0])), NAMES);
      try (SessionDirectory session = SessionDirectory.create(root)) {
        System.out.println(session.path());
        System.in.read();
      }
    }
  }

  private SessionDirectory create() throws IOException {
    return SessionDirectory.create(root());
  }

  private SessionRoot root() throws IOException {
    return SessionRoot.find(List.of(temp), NAMES);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void onlyTheUserCanEnterOrReadTheSecret() throws IOException {
    try (SessionDirectory session = create()) {
      assertEquals("rwx------", mode(session.path().getParent()));
      assertEquals("rwx------", mode(session.path()));
      assertEquals("rwx------", mode(session.logs()));
      assertEquals("rw-------", mode(session.path().resolve("secret")));
    }
  }

  @Test
  void aWorkerReadsTheDriversSecret() throws IOException {
    try (SessionDirectory session = create()) {
      assertEquals(32, session.secret().length);
      assertArrayEquals(session.secret(), SessionDirectory.open(session.path()).secret());
    }
  }

  @Test
  void twoSessionsOfAProcessLiveSideBySide() throws IOException {
    try (SessionDirectory first = create();
        SessionDirectory second = create()) {
      assertNotEquals(first.path(), second.path());
      assertTrue(Files.isDirectory(first.path()));
      assertFalse(java.util.Arrays.equals(first.secret(), second.secret()));
    }
  }

  @Test
  void theNameHasTheTimeAndTheDriversPid() throws IOException {
    try (SessionDirectory session = create()) {
      assertTrue(
          session
              .name()
              .matches(
                  "session_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_\\d{6}_"
                      + ProcessHandle.current().pid()),
          session.name());
    }
  }

  @Test
  void closeDeletesEverythingAndMayBeCalledTwice() throws IOException {
    SessionDirectory session = create();
    Files.writeString(session.log(1, true), "said something");
    Files.createDirectories(session.path().resolve("a/b"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(session.socket("driver")));
    }
    session.close();
    session.close();
    assertFalse(Files.exists(session.path()));
  }

  @Test
  void aWorkersCloseDeletesNothing() throws IOException {
    try (SessionDirectory session = create()) {
      SessionDirectory.open(session.path()).close();
      assertTrue(Files.isDirectory(session.path()));
    }
  }

  @Test
  void closeIsContentWithAFolderThatIsGone() throws IOException {
    SessionDirectory session = create();
    SessionRoot.delete(session.path());
    session.close();
    assertFalse(Files.exists(session.path()));
  }

  @Test
  void theSessionOfALiveDriverStaysAndThatOfAKilledOneGoes() throws Exception {
    Path other;
    try (ChildJvm driver = ChildJvm.start(Holder.class, temp.toString())) {
      other = Path.of(driver.readLine());
      create().close();
      assertTrue(Files.isDirectory(other), "a live driver's session was removed");
      // Looking at the lock must not have taken it from its holder.
      create().close();
      assertTrue(Files.isDirectory(other), "a live driver's session was removed");
      driver.kill();
    }
    assertTrue(Files.isDirectory(other));
    create().close();
    assertFalse(Files.exists(other), "a dead driver's session is still there");
  }

  @Test
  void aSessionLeftWithoutALockGoes() throws IOException {
    Path half = Files.createDirectory(root().path().resolve("session_half"));
    Path other = Files.createDirectory(root().path().resolve("not-a-session"));
    create().close();
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(other));
  }

  @Test
  void linksOutOfAStaleSessionAreNotFollowed() throws IOException {
    Path precious = Files.writeString(temp.resolve("precious"), "mine");
    Path stale = Files.createDirectory(root().path().resolve("session_stale"));
    Files.createSymbolicLink(stale.resolve("link"), precious);
    Files.createSymbolicLink(stale.resolve("folder"), temp);
    create().close();
    assertFalse(Files.exists(stale));
    assertEquals("mine", Files.readString(precious));
  }

  @Test
  void driversThatStartTogetherDoNotRemoveEachOthersSessions() throws Exception {
    List<Callable<SessionDirectory>> starts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      starts.add(this::create);
    }
    List<SessionDirectory> sessions = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<SessionDirectory> session : threads.invokeAll(starts)) {
        sessions.add(session.get());
      }
    }
    for (SessionDirectory session : sessions) {
      assertTrue(Files.isDirectory(session.path()), session.name());
      session.close();
    }
    try (var left = Files.list(root().path())) {
      assertEquals(List.of("lock"), left.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void processesThatStartTogetherDoNotRemoveEachOthersSessions() throws Exception {
    List<ChildJvm> drivers = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        drivers.add(ChildJvm.start(Holder.class, temp.toString()));
      }
      List<Path> sessions = new ArrayList<>();
      for (ChildJvm driver : drivers) {
        sessions.add(Path.of(driver.readLine()));
      }
      create().close();
      for (Path session : sessions) {
        assertTrue(Files.isDirectory(session), session.toString());
      }
    } finally {
      for (ChildJvm driver : drivers) {
        driver.close();
      }
    }
  }

  @Test
  void aTempFolderTooDeepForSocketsIsPassedOver() throws IOException {
    Path deep = Files.createDirectories(temp.resolve("d".repeat(80)));
    assertTrue(SessionRoot.find(List.of(deep, temp), NAMES).path().startsWith(temp));
    assertFalse(SessionRoot.find(List.of(deep, temp), NAMES).path().startsWith(deep));
    IOException tooLong =
        assertThrows(IOException.class, () -> SessionRoot.find(List.of(deep), NAMES));
    assertTrue(tooLong.getMessage().contains("most=103"), tooLong.getMessage());
    assertTrue(tooLong.getMessage().contains("XDG_RUNTIME_DIR"), tooLong.getMessage());
  }

  @Test
  void everySocketOfASessionCanBeBound() throws IOException {
    try (SessionDirectory session = SessionDirectory.create()) {
      for (String name : List.of("driver", "w1", "w1000000")) {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          socket.bind(UnixDomainSocketAddress.of(session.socket(name)));
        }
      }
    }
  }

  @Test
  void missingFoldersAndFilesInTheWayArePassedOver() throws IOException {
    Path blocked = Files.createDirectory(temp.resolve("blocked"));
    Files.createFile(blocked.resolve("rayshell-" + System.getProperty("user.name")));
    Path missing = temp.resolve("missing");
    assertEquals(temp, SessionRoot.find(List.of(missing, blocked, temp), NAMES).path().getParent());
    IOException none =
        assertThrows(IOException.class, () -> SessionRoot.find(List.of(missing, blocked), NAMES));
    assertTrue(none.getMessage().contains(missing + ": no such folder"), none.getMessage());
    assertTrue(none.getMessage().contains("not a folder"), none.getMessage());
  }

  @Test
  void aRootThatIsOpenToOthersIsClosedToThem() throws IOException {
    Path root = root().path();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals("rwx------", mode(root().path()));
  }

  /** A process whose arguments tell nothing: those of a worker with a long class path do not. */
  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "600").start();
  }

  @Test
  void aWorkerIsKnownByWhenItBegan() throws Exception {
    Process worker = sleeper();
    Process other = sleeper();
    try (SessionDirectory session = create()) {
      session.workerRuns(worker.pid());
      session.workerRuns(other.pid());
      // It has got the number of a worker that began long before.
      Files.writeString(session.path().resolve("pids").resolve("" + other.pid()), "1000000000000");
      SessionDirectory.killWorkers(session.path());
      assertEquals(128 + 9, worker.waitFor());
      assertTrue(other.isAlive());
    } finally {
      worker.destroyForcibly().waitFor();
      other.destroyForcibly().waitFor();
    }
  }
}
