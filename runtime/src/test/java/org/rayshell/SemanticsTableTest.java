package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/semantics.md names as its proof is a test, and each of its rows says where it stands.
 */
class SemanticsTableTest {
  private static final List<String> MODULES = List.of("runtime", "cluster", "kernel", "notebooks");
  private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final String HEAD = "| Ray | status | RayShell | test |";
  private static final Pattern ROW =
      Pattern.compile(
          "\\| .+ \\| (same|differs|only here|not there)( \\(being added\\))? \\| .*\\| (.+) \\|");

  @Test
  void everyProofIsATest() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    int proofs = 0;
    for (String line : page()) {
      for (Matcher proof = PROOF.matcher(line); proof.find(); proofs++) {
        if (!isTest(tests.get(proof.group(1)), proof.group(2))) {
          missing.add(proof.group() + " in the row " + line);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(proofs > 100, "proofs=" + proofs);
  }

  @Test
  void everyRowHasAStatusAndAProof() throws IOException {
    List<String> wrong = new ArrayList<>();
    boolean inTable = false;
    int tables = 0;
    for (String line : page()) {
      if (line.equals(HEAD)) {
        inTable = true;
        tables++;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
          wrong.add("no status: " + line);
        } else if (row.group(2) == null
            && !row.group(3).equals("no test")
            && !PROOF.matcher(row.group(3)).find()) {
          wrong.add("no proof: " + line);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(4, tables);
  }

  private static List<String> page() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "semantics.md"));
  }

  /** The sources of the repository's test classes, by simple name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }

  /** Whether the method has an annotation that makes it a test. */
  private static boolean isTest(String source, String method) {
    if (source == null) {
      return false;
    }
    Matcher found = Pattern.compile("\n  void " + method + "\\(").matcher(source);
    if (!found.find()) {
      return false;
    }
    // From the end of the member before it.
    String before = source.substring(0, found.start() + 1);
    String annotations = before.substring(Math.max(0, before.lastIndexOf("\n\n")));
    return annotations.contains("@Test") || annotations.contains("@ParameterizedTest");
  }
}
