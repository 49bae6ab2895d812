package org.rayshell.kernel.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.DocumentationTool;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.eval.Cells;

/** Help on a library of which there is a Javadoc and no source. */
@DisabledIfSystemProperty(
    named = "rayshell.internals",
    matches = "false",
    disabledReason = "JShell's own indexing may undo a class path that is set at once")
class JavadocTest {
  private static final String SOURCE =
      """
      package lib;

      import java.util.List;

      /**
       * A box of things; see {@link java.util.List}.
       *
       * @param <T> the things
       */
      public class Box<T extends Comparable<T>> {
        /** How many fit in: <em>all</em> of them, write to a@b.example. */
        public static final int ROOM = 7;

        /** An empty one. */
        public Box() {}

        /**
         * One with room.
         *
         * @param room how much
         */
        public Box(int room) {}

        /**
         * Puts some in. And says so, &#42;&#47;:
         *
         * <pre>{@code
         * box.put(a); // twice
         * }</pre>
         *
         * @param where a place, from 0
         * @param things all of these
         * @return how many there are
         * @throws IllegalStateException if it is full
         * @since 2.0
         */
        public int put(int where, List<? extends T> things) {
          return 0;
        }

        /** Puts one in, by its name. */
        public int put(String name, T thing) {
          return 0;
        }

        /**
         * Does nothing.
         *
         * @deprecated use {@link #put(String, Comparable)}
         */
        @Deprecated
        public void nothing() {}

        /** What it is made of. */
        public enum Stuff {
          /** Of a tree. */
          WOOD
        }
      }
      """;

  private static Cells cells;
  private static Inspector inspector;

  @BeforeAll
  static void makesTheLibrary(@TempDir Path folder) throws IOException {
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("mem:///lib/Box.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
          }
        };
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path pages = Files.createDirectory(folder.resolve("pages"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertTrue(
        compiler
            .getTask(null, null, null, List.of("-d", classes.toString()), null, List.of(source))
            .call());
    DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
    assertTrue(
        tool.getTask(
                Writer.nullWriter(),
                null,
                null,
                null,
                List.of("-quiet", "-d", pages.toString()),
                List.of(source))
            .call());
    Path jar = pack(classes, folder.resolve("lib.jar"));
    Path javadoc = pack(pages, folder.resolve("lib-javadoc.jar"));
    cells = new Cells();
    cells.evaluator().addToClassPath(jar);
    cells.ok("import lib.Box;\nvar box = new Box<String>();");
    inspector =
        new Inspector(
            cells.evaluator(),
            new SourceJars() {
              @Override
              public Found of(Path asked) {
                assertEquals(jar, asked);
                return Found.javadoc(javadoc);
              }

              @Override
              public long version() {
                return 0;
              }
            });
  }

  private static Path pack(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(each).toString()));
        Files.copy(each, out);
      }
    }
    return jar;
  }

  @AfterAll
  static void ends() {
    cells.close();
  }

  private static Map<String, Object> page(String code, int detail) {
    return inspector.inspect(code.replace("|", ""), code.indexOf('|'), detail).data().data();
  }

  private static void has(String code, String... texts) {
    String help = page(code, 0).get("text/plain").toString();
    for (String each : texts) {
      assertTrue(help.contains(each), each + " is not in\n" + help);
    }
  }

  @Test
  void classesAndMembersHaveTheirComments() {
    has("Bo|x", "A box of things; see List.", "Parameters:\n- <T> – the things");
    has("Box.ROO|M", "int ROOM", "How many fit in: all of them, write to a@b.example.");
    has(
        "box.pu|t(0, List.of())",
        "put(int where, List<? extends String> things)",
        "Puts some in. And says so, */:",
        "box.put(a); // twice",
        "- where – a place, from 0\n- things – all of these",
        "Returns: how many there are",
        "- IllegalStateException – if it is full",
        "Since: 2.0");
    has("box.pu|t(\"a\", \"b\")", "String name", "Puts one in, by its name.");
    has("box.noth|ing()", "Deprecated: use put(String, Comparable)");
    has("Box.Stuff.WOO|D", "Of a tree.");
    has("Box.Stu|ff", "What it is made of.");
  }

  @Test
  void constructorsAndArgumentsToo() {
    has("new Box<String>(|", "Box(int room)");
    has("new Box<String>(3|)", "Box(int room)", "An empty one.");
    has("box.put(1, |", "int put(int where, List", "things – all of these");
  }

  @Test
  void codeStaysCode() {
    String markdown = page("box.pu|t(0, List.of())", 1).get("text/markdown").toString();
    assertTrue(markdown.contains("`where` – a place"), markdown);
    assertTrue(markdown.contains("```\nbox.put(a); // twice\n"), markdown);
  }
}
