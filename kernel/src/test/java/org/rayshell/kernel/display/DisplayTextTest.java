package org.rayshell.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rayshell.kernel.session.MimeBundle;

class DisplayTextTest {
  record Point(int x, int y) {}

  private final Rendering rendering = new Rendering();

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "12000000, 12 ms",
    "400000000, 0.40 s",
    "7240000000, 7.24 s",
    "185000000000, 3 min 05 s",
    "7300000000000, 2 h 01 min"
  })
  void durations(long nanos, String text) {
    assertEquals(text, Amounts.duration(nanos));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "81200000, 81.2 MB", "13590429696, 13.6 GB"})
  void sizes(double bytes, String text) {
    assertEquals(text, Amounts.bytes(bytes));
  }

  @Test
  void arraysAreLists() {
    assertEquals("[1, 2]", PlainText.of(new int[] {1, 2}));
    assertEquals("[[1, 2], null, []]", PlainText.of(new int[][] {{1, 2}, null, {}}));
    assertEquals("[a, [x]]", PlainText.of(new Object[] {"a", new String[] {"x"}}));
    assertEquals("null", PlainText.of(null));
    assertTrue(PlainText.of(new byte[1 << 20]).length() < 10_000);
  }

  @Test
  void everyValueHasText() {
    assertEquals(MimeBundle.text("abc"), rendering.render("abc"));
    assertEquals("[1, 2]", rendering.render(new int[] {1, 2}).data().get("text/plain"));
    assertEquals("null", rendering.render(null).data().get("text/plain"));
    assertEquals("Point[x=1, y=2]", rendering.render(new Point(1, 2)).data().get("text/plain"));
  }

  @Test
  void imagesArePictures() {
    MimeBundle image = rendering.render(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
    assertTrue(image.data().get("image/png").toString().startsWith("iVBOR"), "base64 of a PNG");
    assertTrue(image.data().containsKey("text/plain"));
  }

  @Test
  void registrationsOfUsersAreUsed() {
    rendering
        .renderer()
        .createRegistration(Point.class)
        .preferring("text/html")
        .register(
            (point, context) -> context.getOutputContainer().putHTML("<b>" + point.x() + "</b>"));
    MimeBundle shown = rendering.render(new Point(1, 2));
    assertEquals("<b>1</b>", shown.data().get("text/html"));
    assertEquals("Point[x=1, y=2]", shown.data().get("text/plain"));
  }

  @Test
  void textCanBeAskedForAsHtml() {
    assertEquals("<b>x</b>", rendering.render("<b>x</b>", "text/html").data().get("text/html"));
  }
}
