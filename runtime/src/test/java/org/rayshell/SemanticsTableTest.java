package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/semantics.md names as its proof exists. */
class SemanticsTableTest {
  private static final Pattern PROOF = Pattern.compile("`(\\w+Test)#(\\w+)`");

  @Test
  void everyProofIsATest() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("runtime", "kernel", "notebooks")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> sources.put(name(file), read(file)));
      }
    }
    List<String> missing = new ArrayList<>();
    int proofs = 0;
    for (String row : Files.readAllLines(Path.of("..", "docs", "semantics.md"))) {
      for (var proof = PROOF.matcher(row); proof.find(); proofs++) {
        String source = sources.getOrDefault(proof.group(1), "");
        if (!Pattern.compile("void " + proof.group(2) + "\\(").matcher(source).find()) {
          missing.add(proof.group() + " in: " + row);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(proofs > 50, "proofs=" + proofs);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
