package org.rayshell.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.session.MimeBundle;

class ValueRenderersTest {
  interface Shape {}

  record Circle(int r) implements Shape {}

  record Square(int a) implements Shape {}

  record Badge(String word) {
    String toHtml() {
      if (word.isEmpty()) {
        throw new IllegalStateException("no word");
      }
      return "<b>" + word + "</b>";
    }
  }

  /** What the jar of a library would have. */
  public static final class OfLibrary implements ValueRenderer<Square> {
    @Override
    public Class<Square> type() {
      return Square.class;
    }

    @Override
    public Object render(Square value) {
      return RichValues.html("<i>square " + value.a() + "</i>");
    }
  }

  @TempDir Path folder;
  private final Rendering rendering = new Rendering();

  private <T> void register(Class<T> type, Function<T, Object> shown) {
    rendering
        .rich()
        .renderers()
        .register(
            new ValueRenderer<T>() {
              @Override
              public Class<T> type() {
                return type;
              }

              @Override
              public Object render(T value) {
                return shown.apply(value);
              }
            });
  }

  private Object html(Object value) {
    return rendering.render(value).data().get("text/html");
  }

  private static String errors(Runnable work) {
    PrintStream former = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(former);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theMostSpecificOneCounts() {
    register(Circle.class, circle -> RichValues.html("circle " + circle.r()));
    register(Shape.class, _ -> RichValues.html("shape"));
    assertEquals("circle 1", html(new Circle(1)));
    assertEquals("shape", html(new Square(1)));
    register(Circle.class, circle -> "round " + circle.r());
    assertEquals(MimeBundle.text("round 2"), rendering.render(new Circle(2)));
    register(Integer.class, n -> RichValues.html("<b>" + n + "</b>"));
    assertEquals("<b>3</b>", html(3));
    register(Circle.class, _ -> null);
    assertEquals("Circle[r=4]", rendering.render(new Circle(4)).data().get("text/plain"));
  }

  @Test
  void librariesAreAskedWhenTheClassPathGrows() throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ValueRenderer.class.getName()), OfLibrary.class.getName() + "\nno.Such\n");
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    try (Growing loader = new Growing()) {
      thread.setContextClassLoader(loader);
      assertEquals(null, html(new Square(3)));
      loader.addURL(folder.toUri().toURL());
      String said = errors(() -> assertEquals("<i>square 3</i>", html(new Square(3))));
      assertTrue(said.contains("no.Such"), said);
    } finally {
      thread.setContextClassLoader(former);
    }
  }

  private static final class Growing extends URLClassLoader {
    Growing() {
      super(new URL[0], ValueRenderersTest.class.getClassLoader());
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }

  @Test
  void aRendererThatFailsLosesNoValueAndSaysSoOnce() {
    register(
        Circle.class,
        _ -> {
          throw new IllegalStateException("broken");
        });
    String said =
        errors(() -> {
          MimeBundle shown = rendering.render(new Circle(1));
          assertEquals("Circle[r=1]", shown.data().get("text/plain"));
          rendering.render(new Circle(2));
        });
    assertEquals(
        "the renderer of Circle failed, so its text is shown: java.lang.IllegalStateException:"
            + " broken\n",
        said);
    register(Square.class, square -> new Circle(square.a()));
    register(Circle.class, circle -> new Square(circle.r()));
    assertTrue(errors(() -> rendering.render(new Square(1))).contains("each other without an end"));
  }

  @Test
  void basekernelsRegistrationsComeFirstAndMayFailToo() {
    register(Circle.class, _ -> RichValues.html("ours"));
    rendering
        .renderer()
        .createRegistration(Circle.class)
        .preferring("text/html")
        .register((circle, context) -> context.getOutputContainer().putHTML(10 / circle.r() + ""));
    assertEquals("5", html(new Circle(2)));
    String said =
        errors(() -> assertEquals(MimeBundle.text("Circle[r=0]"), rendering.render(new Circle(0))));
    assertTrue(said.contains("/ by zero"), said);
  }

  @Test
  void theEndOfTheCellIsNoFailureOfTheRenderer() {
    class Stopped extends Error {
      private static final long serialVersionUID = 1L;
    }
    register(
        Circle.class,
        _ -> {
          throw new Stopped();
        });
    assertThrows(Stopped.class, () -> rendering.render(new Circle(1)));
  }

  @Test
  void aMethodOfTheClassIsEnough() {
    assertEquals("<b>x</b>", html(new Badge("x")));
    assertEquals("Badge[word=x]", rendering.render(new Badge("x")).data().get("text/plain"));
    assertTrue(errors(() -> rendering.render(new Badge(""))).contains("no word"));
  }

  @Test
  void typesThatAreAskedForAreTheOnesShown() {
    List<Circle> circles = List.of(new Circle(1));
    assertTrue(rendering.render(circles, "text/html").data().containsKey("text/html"));
    assertFalse(rendering.render(circles, "text/plain").data().containsKey("text/html"));
  }
}
