package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The notebooks as they are in the repository: people read them there before they run them. */
class SavedNotebooksTest {
  static final List<String> NAMES = NotebookChecks.NOTEBOOKS;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
  private static final Pattern FOLDER_OF_A_MACHINE =
      Pattern.compile("/(home|root|tmp|Users|work|var)/");

  @TestFactory
  Stream<DynamicContainer> haveOutputsThatShowWhatTheTextSays() throws IOException {
    Stream.Builder<DynamicContainer> all = Stream.builder();
    for (String name : NAMES) {
      Notebook saved = Notebook.read(Project.notebook(name));
      all.add(DynamicContainer.dynamicContainer(name, NotebookChecks.of(name, saved)));
    }
    return all.build();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void wereRunFromTopToBottom(String name) throws IOException {
    Notebook saved = Notebook.read(Project.notebook(name));
    int number = 0;
    for (Notebook.Cell cell : saved.code()) {
      assertEquals(++number, cell.number().orElse(0), cell.id());
    }
    Set<String> ids = new HashSet<>();
    saved.cells().forEach(cell -> assertTrue(ids.add(cell.id()), "twice: " + cell.id()));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void haveNoPathsOfAMachine(String name) throws IOException {
    for (Notebook.Cell cell : Notebook.read(Project.notebook(name)).cells()) {
      assertFalse(
          FOLDER_OF_A_MACHINE.matcher(cell.source() + cell.shows()).find(),
          () -> cell.id() + ": " + cell.source() + cell.shows());
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void linkToWhatThereIs(String name) throws IOException {
    Path file = Project.notebook(name);
    for (Notebook.Cell cell : Notebook.read(file).cells()) {
      if (!cell.code()) {
        LINK.matcher(cell.source())
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.contains("://"))
            .forEach(link -> assertTrue(Files.exists(file.resolveSibling(link)), link));
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void areForThisKernel(String name) throws IOException {
    String json = Files.readString(Project.notebook(name));
    assertTrue(json.contains("\"name\": \"rayshell\""), name);
    assertFalse(json.contains("iopub.execute_input"), name + " has times of its execution");
  }
}
