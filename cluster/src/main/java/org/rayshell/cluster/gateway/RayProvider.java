package org.rayshell.cluster.gateway;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.cluster.RayWheel;
import org.rayshell.runtime.cluster.ClusterProvider;

/** Ray clusters. */
public final class RayProvider implements ClusterProvider {
  /** System property of a gateway: the version of the Ray that it has. */
  static final String VERSION = "rayshell.rayVersion";

  private static final String PREVIEW = "--enable-preview";

  /** Where Ray notes the address of a cluster that was started on this machine. */
  private static final Path CURRENT = Path.of("/tmp/ray/ray_current_cluster");

  /**
   * What Ray's and our own ways of serializing need. Nothing in it that an older JVM than ours
   * refuses: one that does not start could not say which it is.
   */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.math",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.net",
          "java.base/java.text",
          "java.base/java.io",
          "java.sql/java.sql");

  /** For the service loader. */
  public RayProvider() {}

  @Override
  public List<String> gateway(RayOptions options, Path session, String workerClassPath) {
    String address = address(options.address());
    RayWheel wheel = options.rayJar() == null ? RayWheel.find() : RayWheel.at(options.rayJar());
    List<String> flags = new ArrayList<>();
    OPENED.forEach(each -> flags.add("--add-opens=" + each + "=ALL-UNNAMED"));
    if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains(PREVIEW)) {
      flags.add(PREVIEW);
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.addAll(flags);
    line.add("-XX:+UseSerialGC");
    line.add("-XX:-UsePerfData");
    line.add("-XX:-CreateCoredumpOnCrash");
    line.add("-Dstdout.encoding=UTF-8");
    line.add("-Dstderr.encoding=UTF-8");
    line.add("-D" + VERSION + "=" + wheel.version());
    line.add("-D" + WorkersCode.SENT + "=" + System.getProperty(WorkersCode.SENT, ""));
    line.add("-Dray.address=" + address);
    line.add("-Dray.logging.level=WARN");
    line.add("-Dray.job.code-search-path=" + with(workerClassPath));
    line.add("-Dray.job.runtime-env.env-vars.PATH=" + path(options.workerJavaHome()));
    for (int i = 0; i < flags.size(); i++) {
      line.add("-Dray.job.jvm-options." + i + "=" + flags.get(i));
    }
    line.add("-cp");
    line.add(
        String.join(File.pathSeparator, own(), home(RayOptions.class), wheel.jar().toString()));
    line.add(GatewayMain.class.getName());
    line.add(session.toString());
    line.add(address);
    return line;
  }

  @Override
  public String ended(RayOptions options, String exit, String stderrTail) {
    return GatewayEnd.why(options.address(), exit, stderrTail);
  }

  /** The head's address; of a cluster that Ray is to find itself, as Ray would. */
  private static String address(String asked) {
    if (!asked.equals("auto")) {
      return asked;
    }
    try {
      return Files.readString(CURRENT).strip();
    } catch (IOException e) {
      throw new RayException(
          "no Ray cluster was started on this machine: give its address, host:port, or start one by"
              + " ray start --head: "
              + CURRENT
              + " cannot be read",
          e);
    }
  }

  /** The JDK's folder before Ray's own path: where it is not there, the next one counts. */
  private static String path(String javaHome) {
    String home = javaHome == null ? System.getProperty("java.home") : javaHome;
    return home + "/bin:${PATH}";
  }

  private static String with(String classPath) {
    String own = own();
    return List.of(classPath.split(File.pathSeparator)).contains(own)
        ? classPath
        : own + File.pathSeparator + classPath;
  }

  private static String own() {
    return home(RayProvider.class);
  }

  /** The jar or folder that a class is from. */
  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
