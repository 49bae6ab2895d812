package org.rayshell.runtime.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On rows as Linux prints them: our end is 127.0.0.1:8265 (2049 hex), the peer's port 40000. */
class SameUserTest {
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode";
  private static final String MAPPED = "0000000000000000FFFF00000100007F";
  private static final String PEER = "0100007F:9C40";
  private static final String OURS = "0100007F:2049";

  private final Map<String, List<String>> files = new HashMap<>();
  private final SameUser sameUser = new SameUser(this::lines);

  @BeforeEach
  void littleEndian() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    files.put("/proc/self/status", List.of("Name:\tjava", "Uid:\t1000\t1000\t1000\t1000"));
    files.put("/proc/net/tcp", new ArrayList<>(List.of(HEAD)));
    files.put("/proc/net/tcp6", new ArrayList<>(List.of(HEAD)));
  }

  private List<String> lines(String file) throws IOException {
    if (!files.containsKey(file)) {
      throw new FileNotFoundException(file);
    }
    return files.get(file);
  }

  private static String row(String local, String remote, String state, int uid, int inode) {
    return "   3: %s %s %s 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 0000 20 4 30"
        .formatted(local, remote, state, uid, inode);
  }

  private boolean isOurs() throws IOException {
    return sameUser.isOurs(address("127.0.0.1", 40_000), address("127.0.0.1", 8265));
  }

  private static InetSocketAddress address(String ip, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(ip), port);
  }

  private void tcp(String row) {
    files.get("/proc/net/tcp").add(row);
  }

  @Test
  void theSameUsersSocketIsOurs() throws IOException {
    tcp(row(OURS, PEER, "01", 1000, 77)); // our own end, accepted
    tcp(row(PEER, OURS, "01", 1000, 78));
    assertTrue(isOurs());
  }

  @Test
  void anotherUsersSocketIsNot() throws IOException {
    tcp(row(OURS, PEER, "01", 1000, 77));
    tcp(row(PEER, OURS, "01", 1001, 78));
    assertFalse(isOurs());
    files.put("/proc/self/status", List.of("Uid:\t1001\t1001\t1001\t1001"));
    assertTrue(isOurs());
  }

  @Test
  void evenRootIsAnother() throws IOException {
    tcp(row(PEER, OURS, "01", 0, 78));
    assertFalse(isOurs());
  }

  @Test
  void ourOwnEndAloneProvesNothing() throws IOException {
    tcp(row(OURS, PEER, "01", 1000, 77));
    assertFalse(isOurs());
  }

  @Test
  void bothEndsMustMatch() throws IOException {
    tcp(row(PEER, "0100007F:204A", "01", 1000, 78));
    tcp(row("0100007F:9C41", OURS, "01", 1000, 78));
    tcp(row("0200007F:9C40", OURS, "01", 1000, 78));
    assertFalse(isOurs());
  }

  @Test
  void anIpv4AddressInAnIpv6RowCounts() throws IOException {
    files.get("/proc/net/tcp6").add(row(MAPPED + ":9C40", MAPPED + ":2049", "01", 1000, 78));
    assertTrue(isOurs());
    files.put("/proc/self/status", List.of("Uid:\t1001\t1001\t1001\t1001"));
    assertFalse(isOurs());
  }

  @Test
  void aMachineWithoutIpv6Works() throws IOException {
    files.remove("/proc/net/tcp6");
    assertFalse(isOurs());
    tcp(row(PEER, OURS, "01", 1000, 78));
    assertTrue(isOurs());
  }

  @Test
  void aSocketOnItsWayOutProvesNothing() throws IOException {
    tcp(row(PEER, OURS, "06", 1000, 78));
    assertFalse(isOurs());
    tcp(row(PEER, OURS, "01", 1000, 0));
    assertFalse(isOurs());
  }

  @Test
  void aUserIdThatStandsForManyProvesNothing() throws IOException {
    files.put("/proc/self/status", List.of("Uid:\t65534\t65534\t65534\t65534"));
    tcp(row(PEER, OURS, "01", 65_534, 78));
    assertFalse(isOurs());
    assertFalse(sameUser.isPossible());
  }

  @Test
  void whereThereIsNoTableNobodyIsOurs() throws IOException {
    files.remove("/proc/net/tcp");
    assertFalse(sameUser.isPossible());
    assertFalse(isOurs());
  }

  @Test
  void oddRowsAreNotBelieved() throws IOException {
    tcp("garbage");
    tcp("");
    tcp(row("0100007F9C40", OURS, "01", 1000, 78));
    assertFalse(isOurs());
    assertEquals(4, files.get("/proc/net/tcp").size());
  }
}
