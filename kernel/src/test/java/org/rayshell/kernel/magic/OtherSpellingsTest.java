package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cells of other kernels write that is read before any of it runs. */
class OtherSpellingsTest {
  private static final String CALL = "org.rayshell.kernel.compat.NotebookFunctions.lineMagic(";

  @TempDir Path folder;

  @Test
  void aMagicMayBeAValue() {
    assertEquals(
        "int a;\nvar added = "
            + CALL
            + "\"jars\", java.util.List.of(\"x.jar\", \"b \\\"c\"));\nadded",
        AssignedMagic.replaced("int a;\nvar added = %jars x.jar 'b \"c'\nadded"));
    assertEquals(
        "x = " + CALL + "\"mem\", java.util.List.of());", AssignedMagic.replaced("x =%mem;"));
  }

  @Test
  void percentSignsOfJavaStay() {
    for (String java :
        List.of(
            "printf(\"x = %d\\n\", x);",
            "// y = %s of it",
            "/* y = %s */ int y;",
            "var t = \"\"\"\n  a = %s\n  \"\"\";",
            "int r = 7 %two;",
            "char c = '='; r = 5 % r;")) {
      assertEquals(java, AssignedMagic.replaced(java));
    }
  }

  @Test
  void partsOfAProjectBecomeOne() throws Exception {
    String made =
        PomFragment.project(
            """
            <?xml version="1.0"?>
            <repository><id>mine</id><url>file:///r</url></repository>
            <dependency><groupId>t</groupId><artifactId>a</artifactId><version>1</version></dependency>
            <dependencies><dependency><groupId>t</groupId><artifactId>b</artifactId></dependency></dependencies>
            <dependencies><dependency><groupId>t</groupId><artifactId>c</artifactId></dependency></dependencies>
            <properties><p>1</p></properties>
            """);
    String flat = made.replaceAll(">\\s+<", "><");
    assertEquals(2, flat.split("<dependencies>").length, flat);
    assertEquals(4, flat.split("<dependency>").length, flat);
    assertTrue(flat.contains("<repositories><repository><id>mine</id>"), flat);
    assertTrue(flat.contains("<modelVersion>4.0.0</modelVersion>"), flat);
    assertTrue(flat.contains("<properties><p>1</p></properties>"), flat);
    String whole = "<project><artifactId>x</artifactId></project>";
    assertEquals(whole, PomFragment.project(whole));
    String inherits = PomFragment.project("<parent><groupId>p</groupId></parent>");
    assertFalse(inherits.contains("<version>"), inherits);
    assertThrows(MagicException.class, () -> PomFragment.project("<dependency>"));
    assertThrows(
        MagicException.class,
        () ->
            PomFragment.project(
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"));
  }

  @Test
  void patternsGoThroughFolders() throws Exception {
    for (String each : List.of("a/lib/x.jar", "a/lib/y.jar", "b/lib/z.jar", "b/other/no.jar")) {
      Path file = folder.resolve(each);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    assertEquals(
        List.of("x.jar", "y.jar", "z.jar"),
        FileGlob.find(folder + "/*/lib/*.jar").stream()
            .map(path -> path.getFileName().toString())
            .toList());
    assertEquals(2, FileGlob.find(folder + "/a/lib/").size());
    assertEquals(1, FileGlob.find(folder + "/a/lib").size());
    assertTrue(
        assertThrows(MagicException.class, () -> FileGlob.find(folder + "/none/*.jar"))
            .getMessage()
            .contains("no such folder"));
    assertTrue(
        assertThrows(MagicException.class, () -> FileGlob.find(folder + "/a/*.jar"))
            .getMessage()
            .startsWith("nothing matches"));
  }

  @Test
  void notebooksAreLoadedByTheirCells() throws Exception {
    String text =
        """
        {"cells": [
          {"cell_type": "markdown", "source": ["# no"]},
          {"cell_type": "code", "source": ["int a = 1;\\n", "int b = 2;"]},
          {"cell_type": "code", "source": "a + b"}
        ]}
        """;
    assertEquals(
        List.of("int a = 1;\nint b = 2;", "a + b"), NotebookCode.cells(text, Path.of("n.ipynb")));
    assertTrue(
        assertThrows(MagicException.class, () -> NotebookCode.cells("[]", Path.of("n.ipynb")))
            .getMessage()
            .startsWith("n.ipynb is no notebook"));
  }
}
