package org.rayshell.kernel.channel;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps others of the machine out of a TCP port of the loopback interface: whoever is expected
 * comes from an address of its own, taken at random, which is admitted once. Thread-safe.
 */
final class LoopbackGuard {
  private static final byte LOOPBACK = 127;

  // Made for the first that is expected: a kernel without ipc need not wait for it at its start.
  private SecureRandom random;
  private final Set<String> expected = ConcurrentHashMap.newKeySet();

  /** The address from which the next connection is to come. */
  synchronized byte[] expect() {
    if (random == null) {
      random = new SecureRandom();
    }
    byte[] address = new byte[4];
    random.nextBytes(address);
    address[0] = LOOPBACK;
    // Neither the network's own address nor that of all.
    address[3] = (byte) (1 + random.nextInt(254));
    expected.add(text(address));
    return address;
  }

  private static String text(byte[] address) {
    return "127." + (address[1] & 0xFF) + "." + (address[2] & 0xFF) + "." + (address[3] & 0xFF);
  }

  /** Answers a request of ZeroMQ's authentication protocol, ZAP 1.0. */
  List<byte[]> answer(List<byte[]> request) {
    boolean admitted =
        request.size() > 3 && expected.remove(new String(request.get(3), StandardCharsets.UTF_8));
    byte[] nothing = {};
    return List.of(
        ascii("1.0"),
        request.size() > 1 ? request.get(1) : nothing,
        ascii(admitted ? "200" : "400"),
        ascii(admitted ? "OK" : "not by this way"),
        nothing,
        nothing);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
