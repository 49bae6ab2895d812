package org.rayshell.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UsageTest {
  /** The right sides are what the dashboard of Ray 2.60 has made of the left ones. */
  @Test
  void namesAsTheDashboardWritesThem() {
    assertEquals("CPU", Usage.camelCase("CPU"));
    assertEquals("objectStoreMemory", Usage.camelCase("object_store_memory"));
    assertEquals("node:InternalHead", Usage.camelCase("node:__internal_head__"));
    assertEquals("node:192.0.2.2", Usage.camelCase("node:192.0.2.2"));
    assertEquals(
        "CPUGroup0Ed1D8A112290C25238E3472C43760E000000",
        Usage.camelCase("CPU_group_0_ed1d8a112290c25238e3472c43760e000000"));
  }
}
