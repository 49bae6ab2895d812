package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.cluster.testing.Host;
import org.rayshell.cluster.testing.NodeOptions;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.SessionDriver;

/** A cluster of machines that have neither an address nor a file in common. */
@EnabledOnOs(OS.LINUX)
@EnabledIf(
    value = "org.rayshell.cluster.testing.Host#canBe",
    disabledReason = "needs root and the command ip, for network namespaces")
@Tag("campaign")
class TwoHostsTest {
  @Test
  void tasksRunOnBoth(@TempDir Path temporary) throws Exception {
    Path sessions =
        Files.createDirectory(
            temporary.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<Path> hidden = new ArrayList<>(classes());
    hidden.add(sessions);
    List<Host> hosts = Host.two(hidden);
    try (Host here = hosts.getFirst();
        Host there = hosts.getLast();
        RayCluster cluster = RayCluster.start(NodeOptions.cpus(1).resource("near", 1).on(here))) {
      cluster.addNode(NodeOptions.cpus(1).resource("far", 1).on(there));
      String printed =
          SessionDriver.run(
              here,
              TwoHosts.class,
              Map.of("HOME", temporary.toString(), "XDG_RUNTIME_DIR", sessions.toString()),
              cluster.address(),
              cluster.ray().wheel().jar().toString(),
              here.address(),
              there.address());
      assertTrue(printed.matches("\\(says pid=[0-9]+\\) hello\nall is well\n"), printed);
    }
  }

  /** The folders of all that is on this JVM's class path. */
  private static List<Path> classes() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .map(each -> Files.isDirectory(each) ? each : each.getParent())
        .distinct()
        .toList();
  }
}
