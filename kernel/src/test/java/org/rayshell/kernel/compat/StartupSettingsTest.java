package org.rayshell.kernel.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.JavaEngine;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

class StartupSettingsTest {
  private static StartupSettings of(String name, String value) {
    return StartupSettings.of(Map.of(name, value));
  }

  @Test
  void timesAreMillisecondsOrHaveAUnit() {
    assertEquals(Duration.ofMillis(500), of("IJAVA_TIMEOUT", "500").timeout());
    assertEquals(Duration.ofSeconds(30), of("JJAVA_TIMEOUT", "30 SECONDS").timeout());
    assertEquals(Duration.ofMinutes(2), of("RAYSHELL_TIMEOUT", " 2 minutes ").timeout());
    assertNull(of("IJAVA_TIMEOUT", "-1").timeout());
    assertNull(of("IJAVA_TIMEOUT", "").timeout());
    for (String wrong : List.of("soon", "5 fortnights", "99999999999999999999")) {
      StartupSettings settings = of("IJAVA_TIMEOUT", wrong);
      assertNull(settings.timeout());
      assertTrue(settings.problems().getFirst().contains("timeout=" + wrong), wrong);
    }
  }

  @Test
  void optionsThatTheCompilerDoesNotTakeAreNamed() {
    assertEquals(List.of(), of("JJAVA_COMPILER_OPTS", "-parameters --release 25").problems());
    for (String wrong : List.of("-nonsense", "--release 9999")) {
      String problem = of("IJAVA_COMPILER_OPTS", wrong).problems().getFirst();
      assertTrue(problem.endsWith("options=" + wrong), problem);
    }
  }

  @Test
  void theKernelsOwnVariableCountsThenTheYounger() {
    assertEquals(
        List.of("%classpath \"a b.jar\"", "%classpath \"c\"", "%load \"s.jshell\"", "int x;"),
        StartupSettings.of(
                Map.of(
                    "IJAVA_CLASSPATH", "no.jar",
                    "JJAVA_CLASSPATH", "a b.jar:c",
                    "IJAVA_STARTUP_SCRIPTS_PATH", "s.jshell",
                    "RAYSHELL_STARTUP_SCRIPT", "int x;",
                    "JJAVA_STARTUP_SCRIPT", "no"))
            .cells());
    assertEquals(StartupSettings.NONE, StartupSettings.of(Map.of()));
  }

  @Test
  void aCellThatRunsTooLongIsStopped() {
    Map<String, String> environment =
        Map.of("IJAVA_TIMEOUT", "300", "IJAVA_COMPILER_OPTS", "-nonsense");
    KernelProcess kernel = KernelProcess.start(JavaEngine.class.getName(), environment);
    TestClient client = TestClient.connect(kernel);
    Run run = client.fails("while (true) {}");
    assertTrue(run.stream("stderr").contains("-nonsense"), run.stream("stderr"));
    String error = run.error();
    assertTrue(error.contains("In [1] ran longer than timeout=300 ms"), error);
    client.shutDown(kernel);
  }
}
