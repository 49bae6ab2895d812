package org.rayshell.cluster.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GatewayEndTest {
  private static final String HEAD = "192.0.2.2:6379";

  private static String why(String tail) {
    return GatewayEnd.why(HEAD, "exit code 1", tail);
  }

  @Test
  void whatRaysLibrarySaysLast() {
    String node =
        why(
            "[2026-11-28 18:16:24,265 E 1 2] core_worker_process.cc:247: Failed to register worker"
                + " to Raylet: IOError: Failed to read data from the socket: End of file");
    assertTrue(node.startsWith("the node of the cluster at " + HEAD + " on this machine"), node);
    String token =
        why("/tmp/ray/1/x.so(_ZN3ray3rpc25AuthenticationTokenLoader8GetTokenEb+0x420) [0x7f]");
    assertTrue(token.startsWith("there is no token for the cluster at " + HEAD), token);
  }

  @Test
  void whatIsUnknownIsShownWithoutStacks() {
    assertEquals(
        "the gateway to the cluster at "
            + HEAD
            + " has ended: exit code 1\nLast lines of its stderr:\nsomething new",
        why(
            "2026-11-28T18:16:22.0Z main INFO Starting configuration\n"
                + "something new\n"
                + "/tmp/ray/1/x.so(+0x105a53a) [0x7fb9] ray::operator<<()\n"
                + "[0x7fb943944ac5]"));
    assertEquals("the gateway to the cluster at " + HEAD + " has ended: exit code 1", why(""));
  }
}
